// Puts functions that resemble each other side by side: what repeats compresses the better the nearer it is.
import { CODE, CUSTOM, IMPORTS, leb, named, number, section, sections, text } from './wasm.mjs';

/** Code of so many bytes that is in both makes two functions alike. */
const PIECE = 5;
/** What more functions have than that makes nobody alike. */
const COMMON = 600;
const FUNCTION_NAMES = 1;

/** The module with new names of functions, `00000 NAME` and so on in the order in which they should stand. */
export function withOrder(wasm) {
  let bodies = [];
  let imported = 0;
  let names = new Map();
  const rest = sections(wasm, (id, content) => {
    if (id === IMPORTS) [imported] = number(content, 0);
    if (id === CODE) bodies = functions(content);
    if (id !== CUSTOM || text(content, 0)[0].toString() !== 'name') return content;
    names = functionNames(content.subarray(text(content, 0)[1]));
    return undefined;
  });
  const place = new Map(order(bodies).map((index, at) => [index, at]));
  const entries = bodies.map((_, index) => {
    const name = `${String(place.get(index)).padStart(5, '0')} ${names.get(imported + index) ?? ''}`;
    return Buffer.concat([leb(imported + index), named(name)]);
  });
  const all = section(FUNCTION_NAMES, Buffer.concat([leb(entries.length), ...entries]));
  return Buffer.concat([rest, section(CUSTOM, Buffer.concat([named('name'), all]))]);
}

function functions(content) {
  let [count, at] = number(content, 0);
  const bodies = [];
  for (; count > 0; count -= 1) {
    const [body, end] = text(content, at);
    bodies.push(body);
    at = end;
  }
  return bodies;
}

function functionNames(content) {
  const names = new Map();
  for (let at = 0; at < content.length;) {
    const [size, start] = number(content, at + 1);
    if (content[at] === FUNCTION_NAMES) {
      let [count, entry] = number(content, start);
      for (; count > 0; count -= 1) {
        const [index, after] = number(content, entry);
        const [name, end] = text(content, after);
        names.set(index, name.toString());
        entry = end;
      }
    }
    at = start + size;
  }
  return names;
}

/** From the largest on, always the one that is most like the last. */
function order(bodies) {
  const pieces = bodies.map(piecesOf);
  const owners = new Map();
  for (const [index, own] of pieces.entries()) {
    for (const piece of own) {
      if (!owners.has(piece)) owners.set(piece, []);
      owners.get(piece).push(index);
    }
  }
  const left = new Set(bodies.keys());
  const largest = () => [...left].reduce((one, other) => (bodies[other].length > bodies[one].length ? other : one));
  const ordered = [];
  for (let next = largest(); next !== undefined;) {
    ordered.push(next);
    left.delete(next);
    next = mostLike(next, pieces, owners, left) ?? (left.size > 0 ? largest() : undefined);
  }
  return ordered;
}

function mostLike(index, pieces, owners, left) {
  const shared = new Map();
  for (const piece of pieces[index]) {
    const others = owners.get(piece);
    if (others.length > COMMON) continue;
    for (const other of others) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  const likeness = (other) => shared.get(other) / (pieces[index].size + pieces[other].size);
  let best;
  for (const other of shared.keys()) if (best === undefined || likeness(other) > likeness(best)) best = other;
  return best;
}

function piecesOf(body) {
  const pieces = new Set();
  for (let at = 0; at + PIECE <= body.length; at += 1) {
    pieces.add(body.readUIntBE(at, PIECE));
  }
  return pieces;
}
