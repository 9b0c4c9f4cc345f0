import type { EnvRead, SettingCheck } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { settingsClasses, settingsFields } from '../pydantic/settings.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { PythonView } from '../view.ts';
import { settingTests } from '../../code/setting-checks.ts';

/** A settings class checks its fields when an object of it is made. */
function* models(python: PythonView): Generator<SettingCheck> {
  const { evaluator } = python.code;
  for (const { definition, scope } of settingsClasses(python)) {
    const of = { kind: 'class', definition, scope } as const;
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
