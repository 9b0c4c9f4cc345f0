import { literalTexts, truth } from '../../../model/index.ts';
import { lossInText, type Loss } from '../../schema/losses.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { isGuarded } from '../../code/around.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Module } from '../../code/modules.ts';
import { lastNameOf, type CallSite, type DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const WORDS = [
  'drop_all',
  'drop_tables',
  'drop_database',
  'dropDatabase',
  'execute',
  'executescript',
  'exec_driver_sql',
];

function lossAt(python: PythonView, site: CallSite): Loss | undefined {
  const { callee, args } = site.call;
  if (callee.kind !== 'attribute') return undefined;
  const at = python.at(site.scope, site.call);
  const guarded = truth(isGuarded(site));
  if (/^drop/.test(callee.name))
    return { at, says: `${python.textOf(site.scope, callee)} drops all tables`, guarded };
  const [first] = args;
  const expression = first?.value.kind === 'call' ? first.value.args[0]?.value : first?.value;
  const text = expression && literalTexts(python.evaluate(expression, site.scope))[0];
  const loss =
    text !== undefined && /\b(DROP|TRUNCATE|DELETE)\b/i.test(text) ? lossInText(text, at) : undefined;
  return loss && { ...loss, guarded };
}

/** Code that production runs when it comes up. */
export const lossesInCode = (python: PythonView): readonly Loss[] =>
  python
    .callsEnding(...WORDS)
    .filter(site => runsAtStart(python, site) === 'yes')
    .flatMap(site => lossAt(python, site) ?? []);

/** A function of the repository, as one that is called. */
const asEntity = ({ definition, scope }: DefinitionSite<FunctionDefinition>): FunctionEntity => ({
  kind: 'function',
  definition,
  scope,
  self: undefined,
});

const lossesWithin = (python: PythonView, sites: Iterable<CallSite>): readonly Loss[] =>
  [...new Set(sites)]
    .filter(({ call }) => WORDS.includes(lastNameOf(call.callee)))
    .flatMap(site => lossAt(python, site) ?? []);

const wordsOf = (command: string): ReadonlySet<string> =>
  new Set(command.split(/[^\w-]+/).map(word => word.replaceAll('-', '_')));

/** Code of a script that is run by itself: what it calls, and the command that the words of the call name. */
export function lossesOfModule(python: PythonView, module: Module, command: string): readonly Loss[] {
  const { search } = python.code;
  const words = wordsOf(command);
  const atOnce = search.outerOf(module).calls.filter(({ scope }) => scope.kind === 'module');
  const called = atOnce.flatMap(({ call, scope }) => python.resolve(call.callee, scope) ?? []);
  const named = search.functionsOf(module).filter(({ definition }) => words.has(definition.name));
  const run = [...called.filter(entity => entity.kind === 'function'), ...named.map(asEntity)];
  return lossesWithin(python, [...atOnce, ...run.flatMap(each => python.callsWithin(each, 3))]);
}

/** `flask init-db`: the command of the app by that name. */
export function lossesOfCommand(python: PythonView, command: string): readonly Loss[] {
  const words = wordsOf(command);
  const commands = python
    .functions()
    .filter(
      ({ definition, scope }) =>
        words.has(definition.name) &&
        definition.decorators.some(each => /\.(cli\.)?command\b/.test(python.textOf(scope, each))),
    );
  return lossesWithin(
    python,
    commands.flatMap(each => python.callsWithin(asEntity(each), 3)),
  );
}
