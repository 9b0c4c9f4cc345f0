import type { Truth } from '../../../model/index.ts';
import { truth } from '../../../model/index.ts';
import { resultsIn } from '../../code/results.ts';
import type { CodeView } from '../../code/view.ts';

const known = new WeakMap<CodeView, ReadonlySet<string>>();

/** Own strategies of passport that let in whoever comes: `validate() { this.success({}) }`. */
function openStrategies(view: CodeView): ReadonlySet<string> {
  const before = known.get(view);
  if (before) return before;
  const found = new Set<string>();
  for (const site of view.calls('@nestjs/passport.PassportStrategy')) {
    const [base, name] = site.call.args;
    if (name?.value.kind !== 'string' || !base) continue;
    if (/anonymous/i.test(view.nameOf(base.value, site.scope))) found.add(name.value.value);
    // The call stands after `extends`: its class is the one around whose base it is.
    const of = view
      .classes()
      .find(({ definition }) => definition.bases.some(({ value }) => value === site.call));
    const validate = of?.definition.body.find(each => each.kind === 'function' && each.name === 'validate');
    if (validate?.kind !== 'function' || !of) continue;
    const isOpen =
      /this\.(success|pass)\(/.test(view.textOf(of.scope, validate)) &&
      !/throw|this\.(fail|error)\(/.test(view.textOf(of.scope, validate));
    if (isOpen && resultsIn(validate).length === 0) found.add(name.value.value);
  }
  known.set(view, found);
  return found;
}

/** Whether a strategy lets in who does not say who they are. */
export const isAnonymous = (view: CodeView, name: string): Truth =>
  truth(/^anonymous$/i.test(name) || openStrategies(view).has(name));
