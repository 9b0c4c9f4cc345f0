/** What laying texts side by side may still cost, for all texts of a repository. */
export interface Effort {
  left: number;
}

/** Pairs of lines; those that people write need a thousandth of it. */
export const effort = (): Effort => ({ left: 10_000_000 });

/** Loops inside of loops that are followed. */
const DEEPEST = 8;

/**
 * For each line of what a template became, the line of the template that it comes from (both counted from 1).
 *
 * Lines are laid side by side like two versions of a text: the order stays, and as many lines as possible meet one
 * that they can come from. After the end of a `range` the order may go back to its start. A line that meets none
 * belongs to the one before it. Where that would cost too much, all of it belongs to the first line.
 */
export function renderedPlaces(template: string, rendered: string, spent: Effort): readonly number[] {
  const lines = rendered.split('\n');
  const width = spent.left > 0 ? template.split('\n').length : 0;
  // Each text is looked through even where the other one is short.
  spent.left -= width * (lines.length + 10);
  if (spent.left < 0 || width === 0) return lines.map(() => 1);
  const from = template.split('\n').map(templateLine);
  const way = bestWay(from, lines, loopsIn(template));
  const first = way.find(at => at > 0) ?? 1;
  return way.map(at => at || first);
}

interface TemplateLine {
  readonly indent: number;
  /** What stands around the expressions. */
  readonly parts: readonly string[];
  readonly letters: number;
}

const EXPRESSION = /\{\{[^]{0,1000}?\}\}/;

function templateLine(line: string): TemplateLine {
  const parts = line.trim().split(EXPRESSION);
  return { indent: indentOf(line), parts, letters: parts.join('').replace(/\W/g, '').length };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** How well a rendered line can come from this one; 0 where it cannot. */
function fit({ parts, letters, indent }: TemplateLine, line: string): number {
  const text = line.trim();
  if (letters === 0 || !fills(parts, text)) return 0;
  return (parts.length === 1 ? 5 : 3) + (indent === indentOf(line) ? 2 : 0);
}

/** Whether putting something in between the parts can give the text. */
function fills(parts: readonly string[], text: string): boolean {
  const [first = ''] = parts;
  if (parts.length === 1) return first === text;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

interface Loop {
  readonly start: number;
  readonly end: number;
}

/** The lines of each `range` up to its `end`, counted from 1. */
function loopsIn(template: string): readonly Loop[] {
  const loops: Loop[] = [];
  const open: { readonly isLoop: boolean; readonly line: number }[] = [];
  for (const [index, line] of template.split('\n').entries())
    for (const [, word] of line.matchAll(/\{\{-?\s*(range|if|with|define|block|end)\b/g)) {
      if (word !== 'end') open.push({ isLoop: word === 'range', line: index + 1 });
      else {
        const block = open.pop();
        if (block?.isLoop && open.length < DEEPEST) loops.push({ start: block.line, end: index + 1 });
      }
    }
  return loops;
}

/** Going back to the start of a loop costs a little: what can come from one turn does. */
const BACK = 1;

/** A line of the template that a rendered line may come from, and the one that comes before it on the best way. */
type Steps = ReadonlyMap<number, number>;

/** The line of the template for each rendered one, on the best way through both; 0 before the first that meets one. */
function bestWay(from: readonly TemplateLine[], lines: readonly string[], loops: readonly Loop[]): number[] {
  const best = new Int32Array(from.length + 1).fill(NEVER);
  best[0] = 0;
  const known = new Map<string, readonly Fit[]>();
  const steps = lines.map((line): Steps => {
    const text = line.trimEnd();
    const fits = known.get(text) ?? fitsOf(from, text);
    known.set(text, fits);
    return fits.length === 0 ? new Map() : taken(best, fits, loops);
  });
  const way: number[] = [];
  let at = best.indexOf(best.reduce((most, each) => Math.max(most, each)));
  for (const step of steps.reverse()) {
    way.push(at);
    at = step.get(at) ?? at;
  }
  return way.reverse();
}

const NEVER = -1;

/** Of two lines that fit as well, the one right after the last is more likely. */
const BESIDE = 1;

interface Fit {
  readonly at: number;
  readonly score: number;
}

const fitsOf = (from: readonly TemplateLine[], text: string): readonly Fit[] =>
  from.flatMap((each, index) => {
    const score = fit(each, text);
    return score > 0 ? [{ at: index + 1, score }] : [];
  });

/** Takes the steps that are better than staying, and notes in `best` what they come to. */
function taken(best: Int32Array, fits: readonly Fit[], loops: readonly Loop[]): Steps {
  const onward = leaders(best, 0, best.length - 1, 1);
  const again = loops.map(loop => ({ ...loop, leader: leaders(best, loop.end, loop.start, -1) }));
  const steps = new Map<number, number>();
  const sums: Fit[] = [];
  for (const { at, score } of fits) {
    let of = onward[at - 1] ?? 0;
    let value = best[of] ?? NEVER;
    const beside = (best[at - 1] ?? NEVER) + BESIDE;
    if (beside > value && beside > BESIDE) [of, value] = [at - 1, beside];
    for (const { start, end, leader } of again) {
      if (at < start || at > end) continue;
      const other = leader[end - at] ?? 0;
      const back = (best[other] ?? NEVER) - BACK;
      if (back > value) [of, value] = [other, back];
    }
    if (value < 0 || value + score <= (best[at] ?? NEVER)) continue;
    steps.set(at, of);
    sums.push({ at, score: value + score });
  }
  for (const { at, score } of sums) best[at] = score;
  return steps;
}

/** Of the lines from `start` up to each line on the way to `end`, the one that is best so far; of equal ones the first. */
function leaders(best: Int32Array, start: number, end: number, step: 1 | -1): Int32Array {
  const all = new Int32Array(Math.abs(end - start) + 1);
  let leader = start;
  for (let index = 0; index < all.length; index += 1) {
    const at = start + index * step;
    if ((best[at] ?? NEVER) > (best[leader] ?? NEVER)) leader = at;
    all[index] = leader;
  }
  return all;
}
