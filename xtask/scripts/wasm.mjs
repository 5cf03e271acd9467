// What is needed of the binary format of WebAssembly to take a module apart and to put it together again.

export const CUSTOM = 0;
export const IMPORTS = 2;
export const EXPORTS = 7;
export const CODE = 10;

/** Passes each section's content through `change`; what it gives nothing for is left out. */
export function sections(bytes, change) {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at];
    const [size, start] = number(bytes, at + 1);
    const content = change(id, bytes.subarray(start, start + size));
    if (content !== undefined) parts.push(section(id, content));
    at = start + size;
  }
  return Buffer.concat(parts);
}

export function section(id, content) {
  return Buffer.concat([Buffer.of(id), leb(content.length), content]);
}

export function text(bytes, at) {
  const [length, start] = number(bytes, at);
  return [bytes.subarray(start, start + length), start + length];
}

export function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

export function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

export function named(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([leb(bytes.length), bytes]);
}
