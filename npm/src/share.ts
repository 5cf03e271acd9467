/**
 * `next`, frozen, with every part that equals that of `last` replaced by it: what did not change is the same object. A part that is
 * frozen already is taken as it is. @internal
 */
export function share<T>(last: unknown, next: T): T {
  if (!isObject(next) || Object.isFrozen(next)) return next;
  const isAlike = isObject(last) && Array.isArray(last) === Array.isArray(next);
  const before = (isAlike ? last : {}) as Record<string, unknown>;
  const shared = next as Record<string, unknown>;
  const keys = Object.keys(shared);
  let isSame = isAlike && keys.length === Object.keys(before).length;
  for (const key of keys) {
    shared[key] = share(before[key], shared[key]);
    isSame &&= key in before && Object.is(before[key], shared[key]);
  }
  return isSame ? (last as T) : Object.freeze(next);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
