// Shows /openapi.json: routes with parameters, bodies and answers, then the schemas they name.

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const nameOf = (reference) => reference.split('/').at(-1);

/** A type in short: a link to a schema, or words. */
const typeOf = (schema) => {
  if (!schema) return '';
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return element('a', { href: `#${name}`, textContent: name });
  }
  if (schema.type === 'array') return element('span', {}, 'list of ', typeOf(schema.items));
  const options = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (options)
    return element(
      'span',
      {},
      ...options.flatMap((option, at) => (at ? [' or ', typeOf(option)] : [typeOf(option)])),
    );
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  return [schema.type].flat().join(' or ');
};

const table = (rows) =>
  element(
    'table',
    {},
    element(
      'tbody',
      {},
      ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
    ),
  );

const contentOf = (content = {}) => typeOf(Object.values(content)[0]?.schema);

const route = (path, method, operation) =>
  element(
    'article',
    {},
    element(
      'h3',
      {},
      element('span', { className: 'method', textContent: method.toUpperCase() }),
      element('code', { textContent: path }),
    ),
    element('p', {
      textContent: [operation.summary, operation.description].filter(Boolean).join(' '),
    }),
    table([
      ...(operation.parameters ?? []).map((it) => [
        `${it.in} ${it.name}${it.required ? '' : '?'}`,
        element('span', {}, typeOf(it.schema), it.description ? ` · ${it.description}` : ''),
      ]),
      ...(operation.requestBody ? [['body', contentOf(operation.requestBody.content)]] : []),
      ...Object.entries(operation.responses).map(([status, it]) => [
        status,
        element('span', {}, contentOf(it.content), ` ${it.description}`),
      ]),
    ]),
  );

/** Own properties and those of the schemas that are mixed in. */
const propertiesOf = (schema) => [
  ...Object.entries(schema.properties ?? {}).map(([name, it]) => [
    schema.required?.includes(name) ? name : `${name}?`,
    element('span', {}, typeOf(it), it.description ? ` · ${it.description}` : ''),
  ]),
  ...(schema.allOf ?? []).flatMap((part) =>
    part.$ref ? [['…', typeOf(part)]] : propertiesOf(part),
  ),
];

const schemaOf = (name, schema) => {
  const rows = propertiesOf(schema);
  return element(
    'article',
    { id: name },
    element('h3', { textContent: name }),
    element('p', { textContent: schema.description ?? '' }),
    rows.length ? table(rows) : element('p', {}, typeOf(schema)),
  );
};

const answer = await fetch('/openapi.json');
const api = await answer.json();
document.querySelector('#description').textContent = api.info.description ?? '';
const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => route(path, method, operation)),
);
document.querySelector('#routes').replaceChildren(...routes);
document
  .querySelector('#schema-list')
  .replaceChildren(
    ...Object.entries(api.components.schemas).map(([name, schema]) => schemaOf(name, schema)),
  );
location.hash && document.getElementById(location.hash.slice(1))?.scrollIntoView();
