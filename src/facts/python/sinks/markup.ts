import type { Sink } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { worstOf } from '../../code/flow/flow.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { piecesOf } from '../../code/flow/pieces.ts';
import { MARKUP } from '../../code/flow/policy.ts';
import { handlersOf } from '../handlers.ts';
import { resultsIn } from '../../code/results.ts';
import type { PythonView } from '../view.ts';

/** Calls that take text for HTML, or for a template, as it is. */
const CALLS: Readonly<Record<string, { readonly of: Sink['of']; readonly keyword: string }>> = {
  'markupsafe.Markup': { of: 'markup', keyword: 'object' },
  'flask.Markup': { of: 'markup', keyword: 'object' },
  'jinja2.Markup': { of: 'markup', keyword: 'object' },
  'django.utils.safestring.mark_safe': { of: 'markup', keyword: 's' },
  'fastapi.responses.HTMLResponse': { of: 'markup', keyword: 'content' },
  'starlette.responses.HTMLResponse': { of: 'markup', keyword: 'content' },
  'flask.render_template_string': { of: 'template-source', keyword: 'source' },
  'jinja2.Template': { of: 'template-source', keyword: 'source' },
  'jinja2.Environment().from_string': { of: 'template-source', keyword: 'source' },
};

/** Text that is taken for HTML or for the source of a template. */
export default defineExtractor({
  id: 'python/sinks/markup',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    for (const [name, { of, keyword }] of Object.entries(CALLS))
      for (const site of python.calls(name)) {
        const given = site.call.args.find(arg => arg.name === keyword || arg.name === '');
        if (!given) continue;
        yield {
          kind: 'sink',
          at: python.at(site.scope, site.call),
          of,
          callee: name.slice(name.lastIndexOf('.') + 1),
          origin: originsFor(python, MARKUP).of(given.value, site.scope),
          whole: true,
          reached: python.reached(site),
        };
      }
    yield* answered(python);
  },
});

/** `return f"<h1>{name}</h1>"`: text that a handler gives back is HTML where it looks so. */
function* answered(python: PythonView): Generator<Sink> {
  for (const { function: of, route } of handlersOf(python)) {
    const scope = of.scope.inner(of.definition);
    for (const result of resultsIn(of.definition)) {
      const text = result.kind === 'collection' ? result.items[0] : result;
      if (text?.kind !== 'template' && text?.kind !== 'binary' && text?.kind !== 'name') continue;
      const html = piecesOf(python, text, scope, MARKUP).filter(
        ([first]) => first?.kind === 'text' && /^\s*<[a-z!]/i.test(first.value),
      );
      const holes = html.flatMap(pieces =>
        pieces.flatMap(piece => (piece.kind === 'hole' ? [piece.origin] : [])),
      );
      const [first] = holes;
      if (!first) continue;
      yield {
        kind: 'sink',
        at: python.at(scope, text),
        of: 'markup',
        callee: `the answer of ${of.definition.name}`,
        origin: worstOf(holes, first),
        whole: false,
        reached: route.reached,
      };
    }
  }
}
