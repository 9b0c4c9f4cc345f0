import type { Term, TokenUse, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { optionOf } from '../fastify/instances.ts';

const termOf = (view: CodeView, written: Written | undefined): Term | undefined =>
  written && view.evaluate(written.expression, written.scope);

/** Whether the options that a check is given leave the end of the token alone. */
function looksAtEnd(view: CodeView, options: Written | undefined): Value<boolean> {
  // Where a function stands in the place of the options, there are none.
  if (!options || options.expression.kind === 'function') return stated(true);
  const ignored = optionOf(view, options, 'ignoreExpiration');
  if (ignored) {
    const term = termOf(view, ignored);
    return term?.kind === 'literal'
      ? stated(term.value !== true)
      : unclear('whether the end is ignored is a setting');
  }
  const given = termOf(view, options);
  return given?.kind === 'object' && !given.open
    ? stated(true)
    : unclear('with what options the token is checked cannot be followed');
}

const acceptsUnsigned = (term: Term | undefined): boolean =>
  term?.kind === 'list' &&
  term.items.some(item => item.kind === 'literal' && String(item.value).toLowerCase() === 'none');

/** A call that reads a token, by the options that it is given. */
export const verifying = (view: CodeView, site: CallSite, options: Written | undefined): TokenUse => ({
  kind: 'tokenUse',
  at: view.at(site.scope, site.call),
  does: 'verify',
  expires: looksAtEnd(view, options),
  flaw: acceptsUnsigned(termOf(view, optionOf(view, options, 'algorithms')))
    ? 'tokens without a signature are accepted'
    : '',
  reached: view.reached(site),
});
