import type { Compression } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Objects that are wired by being made for an app. */
const MADE = ['flask_compress.Compress', 'quart_compress.Compress'];
/** Classes that are handed to the app as middleware. */
const MIDDLEWARE =
  /(^|\.)(GZipMiddleware|BrotliMiddleware|CompressMiddleware|CompressionMiddleware|GzipMiddleware)$/;

const fact = (python: PythonView, site: CallSite, name: string): Compression => ({
  kind: 'compression',
  at: python.at(site.scope, site.call),
  name,
  reached: python.reached(site),
});

/** What makes answers smaller before they leave the process. */
export default defineExtractor({
  id: 'python/answers/compression',
  reads: [],
  produces: ['compression'],
  understands: hasPython,
  *extract({ python }): Generator<Compression> {
    const makes = python.calls(...MADE);
    const inits = python
      .callsEnding('init_app')
      .filter(({ call, scope }) =>
        /_compress\.Compress\(\)\.init_app$/.test(python.nameOf(call.callee, scope)),
      );
    for (const site of [...makes.filter(({ call }) => call.args.length > 0), ...inits])
      yield fact(python, site, 'Compress');
    for (const site of python.callsEnding('add_middleware', 'Middleware')) {
      const first = site.call.args[0]?.value;
      const name = first ? python.nameOf(first, site.scope) : '';
      if (MIDDLEWARE.test(name)) yield fact(python, site, name.split('.').at(-1) ?? '');
    }
  },
});
