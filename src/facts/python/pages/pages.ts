import type { Page, RawOutput } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Calls that answer with a page: where the name of the page stands. */
const RENDERERS: Readonly<Record<string, readonly [number, string]>> = {
  'flask.render_template': [0, 'template_name_or_list'],
  'flask.render_template_string': [-1, ''],
  'quart.render_template': [0, 'template_name_or_list'],
  'fastapi.templating.Jinja2Templates().TemplateResponse': [0, 'name'],
  'starlette.templating.Jinja2Templates().TemplateResponse': [0, 'name'],
  'fastapi.responses.HTMLResponse': [-1, ''],
  'starlette.responses.HTMLResponse': [-1, ''],
  'jinja2.Environment().get_template': [0, 'name'],
};

/** Calls that send files: pages when the name says so. */
const SENDERS: Readonly<Record<string, readonly [number, string]>> = {
  'flask.send_from_directory': [1, 'path'],
  'flask.send_file': [0, 'path_or_file'],
  'flask.Flask().send_static_file': [0, 'filename'],
  'flask.current_app.send_static_file': [0, 'filename'],
  'fastapi.responses.FileResponse': [0, 'path'],
  'starlette.responses.FileResponse': [0, 'path'],
};

function nameOf(python: PythonView, site: CallSite, [position, keyword]: readonly [number, string]): string {
  const args = python.args(site);
  const literals = [args.arg(position, keyword), args.arg(1, keyword)].flatMap(term =>
    term?.kind === 'literal' ? [String(term.value)] : [],
  );
  return literals.find(text => /\.\w+$/.test(text)) ?? literals[0] ?? '';
}

/** Where Python code answers with HTML, and where it turns the escaping of its templates off. */
export default defineExtractor({
  id: 'python/pages/pages',
  reads: [],
  produces: ['page', 'rawOutput'],
  understands: hasPython,
  *extract({ python }): Generator<Page | RawOutput> {
    for (const [callee, where] of [...Object.entries(RENDERERS), ...Object.entries(SENDERS)])
      for (const site of python.calls(callee)) {
        const name = nameOf(python, site, where);
        if (callee in SENDERS && !/\.html?$/.test(name)) continue;
        if (/^jinja2\./.test(callee) && !/\.html?(\.j2|\.jinja2?)?$/.test(name)) continue;
        yield {
          kind: 'page',
          at: python.at(site.scope, site.call),
          name: name || callee.slice(callee.lastIndexOf('.') + 1),
          reached: python.reached(site),
        };
      }
    yield* unescaped(python);
  },
});

/** An environment made by hand escapes nothing unless it is told to. */
function* unescaped(python: PythonView): Generator<RawOutput> {
  for (const site of python.calls('jinja2.Environment', 'jinja2.environment.Environment')) {
    const args = python.args(site);
    const autoescape = args.arg(-1, 'autoescape');
    const isOff =
      autoescape === undefined ? !args.isOpen : autoescape.kind === 'literal' && autoescape.value === false;
    const isHtml = /\.html?\b/.test(site.scope.module.file.text);
    if (!isOff || !isHtml || python.reached(site) === 'no') continue;
    yield {
      kind: 'rawOutput',
      at: python.at(site.scope, site.call),
      way: 'an environment without autoescape',
      what: 'every value of its templates',
      data: 'data',
    };
  }
}
