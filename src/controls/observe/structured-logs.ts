import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'observe/structured-logs',
  title: 'Log lines come out as JSON or logfmt in production',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether a formatter or renderer that writes fields (JSON, logfmt) is set up on the path of production.',
  why: 'Nobody can search for all lines of one user, route or request, and a traceback becomes forty lines of nothing.',
  remedy: 'Give the handler a JSON formatter, at least where the service runs in production.',
  sources: ['CATALOG observe/structured-logs', 'OpenTelemetry documentation: Logs data model'],
  fix: 'auto',
  drill: 'json-logs',
  needs: ['logFormat'],

  applies: () => true,

  judge: ({ facts }) => {
    const all = facts.all('logFormat');
    const structured = all.filter(({ style }) => style === 'structured');
    const wired = structured.filter(each => each.wired === 'yes');
    if (wired.length > 0)
      return pass(
        wired.map(({ at, name, says }) =>
          place(at, `${name} writes fields${says === '' ? '' : `, when ${says} says so`}`),
        ),
      );
    const [doubt] = structured.filter(each => each.wired === 'unclear');
    if (doubt)
      return unknown(
        `whether production uses ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    if (structured.length > 0)
      return fail(
        structured.map(({ at, name }) => place(at, `${name} is present, and production does not use it`)),
      );
    const text = all.filter(({ style, wired: each }) => style === 'text' && each !== 'no');
    return fail(
      text.length > 0
        ? text.slice(0, 3).map(({ at, name }) => place(at, `${name} writes plain text`))
        : [absence('formatter that writes JSON or logfmt', facts.searched('logFormat'))],
    );
  },
});
