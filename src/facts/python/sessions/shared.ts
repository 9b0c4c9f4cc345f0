import type { DatabaseSession, Place } from '../../../model/index.ts';
import type { FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** The block of a `with` or `try` in which a place lies, innermost first. */
const around = (body: readonly Statement[], start: number): readonly Statement[] =>
  [...statementsIn(body)]
    .filter(each => (each.kind === 'with' || each.kind === 'try') && each.start <= start && start < each.end)
    .toReversed();

function isGuarded(python: PythonView, site: CallSite, definition: FunctionDefinition): boolean {
  const text = python.textOf(site.scope, definition);
  if (/\brollback\b|\bautocommit\b|\.close\(/.test(text)) return true;
  const { callee } = site.call;
  const own = callee.kind === 'attribute' ? python.textOf(site.scope, callee.object) : '';
  return around(definition.body, site.call.start).some(
    each =>
      each.kind === 'with' &&
      each.items.some(({ context }) => {
        const written = python.textOf(site.scope, context);
        return written === own || /begin|transaction|lock/i.test(written);
      }),
  );
}

/** Commits on a connection that all requests share, whose failure nobody rolls back. */
export function* sharedCommits(
  python: PythonView,
  opened: ReadonlyMap<object, CallSite>,
): Generator<DatabaseSession> {
  if (opened.size === 0) return;
  for (const site of python.callsEnding('commit')) {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') continue;
    const entity = python.resolve(callee.object, site.scope);
    const opening = entity?.kind === 'external' && entity.made && opened.get(entity.made.call);
    const definition = functionAround(site.scope);
    if (!opening || !definition || runsAtStart(python, site) === 'yes') continue;
    const isSafe = isGuarded(python, site, definition);
    const way: readonly Place[] = [
      { at: python.at(opening.scope, opening.call), says: 'opened once, for all' },
    ];
    yield {
      kind: 'databaseSession',
      at: python.at(site.scope, site.call),
      callee: python.textOf(site.scope, callee),
      endsOnError: isSafe ? 'yes' : 'no',
      because: isSafe
        ? 'a failure is rolled back'
        : 'no error rolls it back: what failed stays in the transaction that all requests share',
      way,
      reached: python.reached(site),
    };
  }
}
