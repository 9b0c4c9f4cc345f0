import { defineControl, failOr, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/dom-xss',
  title: 'Browser code puts data into pages as text, not as HTML',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks at each place where browser code makes HTML: fails where the text has parts that are neither constant, nor a number, nor escaped.',
  why: 'What one user writes then runs as code in the pages of all the others, with their session.',
  remedy: 'Set textContent, build elements, or escape each value before it goes into HTML.',
  sources: ['CATALOG web/dom-xss', 'OWASP ASVS 5.0 V3.2', 'CWE-79'],
  fix: 'advice',
  drill: 'none',
  needs: ['domWrite'],

  applies: ({ facts }) => facts.has('domWrite') || 'no browser code of its own makes HTML',

  judge: ({ facts }) => {
    const writes = facts.all('domWrite');
    const findings = writes
      .filter(({ data }) => data === 'data')
      .map(({ at, sink, parts }) =>
        place(at, `${sink} gets ${parts.slice(0, 3).join(', ')} as HTML, neither constant nor escaped`),
      );
    const open = writes.find(({ data }) => data === 'unclear');
    if (findings.length === 0 && open)
      return unknown(
        `${open.at.path}:${open.at.startLine} makes HTML of ${open.parts.slice(0, 2).join(', ')}, which cannot be followed`,
      );
    return failOr(
      findings,
      passEvery(
        writes
          .slice(0, 6)
          .map(({ at, sink, data }) =>
            place(at, `${sink} gets ${data === 'escaped' ? 'escaped' : 'constant'} text`),
          ),
      ),
    );
  },
});
