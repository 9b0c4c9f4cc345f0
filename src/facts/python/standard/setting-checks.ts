import type { EnvRead, SettingCheck } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isSettingsClass, settingsFields } from '../pydantic/settings.ts';
import type { Scope } from '../../code/scopes.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { PythonView } from '../view.ts';
import { checksIn, isNamedCheck } from './checks.ts';

/** The names under which the code keeps what it reads from the environment, and those of the variables. */
const settingNames = (reads: readonly EnvRead[]): ReadonlySet<string> =>
  new Set(
    reads
      .flatMap(({ term, keptAs }) => [term.name, keptAs.split('.').at(-1) ?? ''])
      .filter(name => name !== ''),
  );

const nameOfScope = (scope: Scope): string => {
  const names: string[] = [];
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition && each.definition.kind !== 'lambda') names.unshift(each.definition.name);
  return names.join('.');
};

/** Tests whose failure stops the program, of settings that are read from the environment. */
export function* settingTests(python: PythonView, reads: readonly EnvRead[]): Generator<SettingCheck> {
  const settings = settingNames(reads);
  const files = new Set(reads.map(({ at }) => at.path));
  for (const { site, words, runsAtStart: started } of checksIn(python)) {
    const names = [...words].filter(word => settings.has(word));
    if (names.length === 0) continue;
    // A guard of one feature is no check of the settings.
    if (started === 'no' && !(isNamedCheck(site.scope) && files.has(site.scope.module.path))) continue;
    const { definition } = site.scope;
    const at = python.at(site.scope, site.statement.kind === 'if' ? site.statement.test : site.statement);
    yield {
      kind: 'settingCheck',
      at,
      definedAt: definition && definition.kind !== 'lambda' ? python.at(site.scope, definition.head) : at,
      names,
      how: 'test',
      runsAtStart: started,
      inside: nameOfScope(site.scope),
    };
  }
}

/** A settings class checks its fields when an object of it is made. */
function* models(python: PythonView): Generator<SettingCheck> {
  const { evaluator } = python.code;
  for (const { definition, scope } of python.classes()) {
    const of = { kind: 'class', definition, scope } as const;
    if (!isSettingsClass(of, evaluator)) continue;
    const names = settingsFields(of, evaluator).flatMap(([, term]) =>
      term.kind === 'env' ? [term.name] : [],
    );
    const makers = python
      .callsEnding(definition.name)
      .filter(site => {
        const entity = python.resolve(site.call.callee, site.scope);
        return entity?.kind === 'class' && entity.definition === definition;
      })
      .map(site => runsAtStart(python, site));
    const at = python.at(scope, definition.head);
    yield {
      kind: 'settingCheck',
      at,
      definedAt: at,
      names,
      how: 'model',
      // Made by way of a base class or a cached function that cannot be followed, it may still be made at start.
      runsAtStart: makers.includes('yes')
        ? 'yes'
        : makers.every(each => each === 'no') && makers.length > 0
          ? 'no'
          : 'unclear',
      inside: definition.name,
    };
  }
}

/** `os.environ["K"]`, `config("K")`: readers that stop the program themselves. */
function* readers(reads: readonly EnvRead[], tested: ReadonlySet<string>): Generator<SettingCheck> {
  for (const { term, at, when, reached, keptAs } of reads)
    if (term.required && reached !== 'no' && !tested.has(term.name) && !keptAs.includes('.'))
      yield {
        kind: 'settingCheck',
        at,
        definedAt: at,
        names: [term.name],
        how: 'read',
        runsAtStart: when === 'start' ? reached : 'no',
        inside: '',
      };
}

/** Where the program stops because a setting is missing or bad, and whether that is at its start. */
export default defineExtractor({
  id: 'python/standard/setting-checks',
  reads: ['envRead'],
  produces: ['settingCheck'],
  understands: hasPython,
  *extract({ python, facts }) {
    const reads = facts.all('envRead');
    const found = [...settingTests(python, reads), ...models(python)];
    yield* found;
    yield* readers(reads, new Set(found.flatMap(({ names }) => names)));
  },
});
