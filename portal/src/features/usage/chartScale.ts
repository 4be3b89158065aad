const MOST_TICKS = 5;

/** Bars must be seen, however small beside the greatest. */
const LEAST_HEIGHT = 2;

/**
 * The marks of an axis of counts from 0 to at least `max`: whole numbers, evenly apart, each 1, 2
 * or 5 times a power of ten.
 */
export function niceTicks(max: number): number[] {
  const top = Math.max(1, max);
  const raw = top / (MOST_TICKS - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((one) => one * power >= raw) ?? 10;
  const step = Math.max(1, Math.round(factor * power));
  const count = Math.ceil(top / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The height of a count, in pixels: nothing for none, and at least what can be seen for any. */
export function heightOf(count: number, top: number, full: number): number {
  return count <= 0 ? 0 : Math.max(LEAST_HEIGHT, (count / top) * full);
}

export interface Bars {
  /** From the beginning of one bar to that of the next. */
  pitch: number;
  /** How wide a bar is. */
  width: number;
  /** Where a bar begins. */
  begin: (index: number) => number;
}

const WIDEST = 28;

/** Divides a width among bars; each stands in the middle of its share. */
export function barsWithin(count: number, width: number): Bars {
  const pitch = width / Math.max(1, count);
  const own = Math.min(WIDEST, pitch - Math.min(4, pitch * 0.25));
  return { pitch, width: own, begin: (index) => index * pitch + (pitch - own) / 2 };
}

/** The bar under a place of the plot, the nearest one at its edges. */
export function barAt(x: number, count: number, width: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / width) * count)));
}

/** Which bars have their time written under them: evenly, as many as there is room for. */
export function labelled(count: number, width: number, roomEach: number): number[] {
  const every = Math.max(1, Math.ceil((count * roomEach) / Math.max(1, width)));
  const last = count - 1;
  // From the newest back: that one is always told.
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (last - index) % every === 0,
  );
}
