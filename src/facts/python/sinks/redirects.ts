import type { Sink } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { REDIRECT } from '../../code/flow/policy.ts';
import { hostOrigin } from '../../code/flow/address.ts';

const CALLS: Readonly<Record<string, string>> = {
  'flask.redirect': 'location',
  'werkzeug.utils.redirect': 'location',
  'quart.redirect': 'location',
  'apiflask.redirect': 'location',
  'fastapi.responses.RedirectResponse': 'url',
  'starlette.responses.RedirectResponse': 'url',
  'django.shortcuts.redirect': 'to',
  'django.http.HttpResponseRedirect': 'redirect_to',
};

/** Where the service sends browsers to. */
export default defineExtractor({
  id: 'python/sinks/redirects',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    for (const [name, keyword] of Object.entries(CALLS))
      for (const site of python.calls(name)) {
        const given = site.call.args.find(arg => arg.name === keyword || arg.name === '');
        if (!given) continue;
        yield {
          kind: 'sink',
          at: python.at(site.scope, site.call),
          of: 'redirect',
          callee: name.slice(name.lastIndexOf('.') + 1),
          origin: hostOrigin(python, given.value, site.scope, REDIRECT),
          whole: true,
          reached: python.reached(site),
        };
      }
  },
});
