import type { EnvTerm, Location, Truth } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { settingsOf } from './fields.ts';

/** A function that holds the environment against a schema and throws where that is broken. */
interface Validation {
  readonly at: Location;
  readonly by: string;
  readonly settings: readonly EnvTerm[];
  readonly runsAtStart: Truth;
}

/** `config => schema.parse(config)` */
function bySchema(node: CodeView, check: FunctionEntity): readonly EnvTerm[] {
  for (const { call, scope } of node.callsWithin(check, 0)) {
    if (call.callee.kind !== 'attribute' || call.callee.name !== 'parse') continue;
    const settings = settingsOf(node.evaluate(call.callee.object, scope));
    if (settings?.kind === 'object')
      return settings.entries.flatMap(([, term]) => (term.kind === 'env' ? [term] : []));
  }
  return [];
}

/** The function that `ConfigModule.forRoot({ validate })` calls before anything else runs. */
export function* validationsIn(node: CodeView): Generator<Validation> {
  for (const site of node.calls('@nestjs/config.ConfigModule.forRoot')) {
    const [first] = site.call.args;
    const options = first && writtenAs(node, first.value, site.scope);
    if (options?.expression.kind !== 'dictionary') continue;
    const entry = options.expression.entries.findLast(
      ({ key }) => key?.kind === 'string' && key.value === 'validate',
    );
    const check = entry && node.resolve(entry.value, options.scope);
    if (check?.kind !== 'function') continue;
    yield {
      at: node.at(check.scope, check.definition.head),
      by: check.definition.name || 'the check of the settings',
      settings: bySchema(node, check),
      runsAtStart: node.reached(site),
    };
  }
}
