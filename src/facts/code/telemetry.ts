import type { Location, StartPath, Telemetry, Truth } from '../../model/index.ts';
import { both } from '../../model/index.ts';
import { inProduction } from './conditions.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

type Signal = Telemetry['signal'];

interface Given {
  readonly name: string;
  readonly signals: readonly Signal[];
  readonly measures?: Telemetry['measures'];
  /** What beside reach decides whether it is wired, and why not. */
  readonly also?: { readonly holds: Truth; readonly says: string };
}

/** One fact for each signal that a call sets up. */
export function* setUpBy(
  code: CodeView,
  site: CallSite,
  startPaths: readonly StartPath[],
  { name, signals, measures = [], also }: Given,
): Generator<Telemetry> {
  const reached = code.reached(site);
  const held = inProduction(code, site, startPaths);
  const wired = both(reached, held.holds, also?.holds ?? 'yes');
  for (const signal of signals)
    yield {
      kind: 'telemetry',
      at: code.at(site.scope, site.call),
      name,
      signal,
      measures: signal === 'metrics' ? measures : [],
      wired,
      says: saysOf(reached, held, also),
    };
}

function saysOf(
  reached: Truth,
  held: { readonly holds: Truth; readonly needs: string },
  also: Given['also'],
): string {
  if (reached === 'no') return 'nothing that production starts calls it';
  if (held.holds === 'no') return held.needs ? `${held.needs} leaves it off` : 'production leaves it out';
  if (also && also.holds !== 'yes') return also.says;
  return held.needs === '' ? '' : `when ${held.needs} is set`;
}

/** What a wrapper around the start command sets up. */
export function byCommand(
  startPaths: readonly StartPath[],
  pattern: RegExp,
): readonly { readonly at: Location; readonly says: string }[] {
  return startPaths
    .filter(({ command }) => command.stage !== 'development')
    .flatMap(({ command, way }) =>
      // What the way says of a long command is shortened.
      [{ at: command.at, says: command.text }, ...way].filter(({ says }) => pattern.test(says)).slice(0, 1),
    );
}
