import type { CleanedMember, Finding, RawOutput, Sink } from '../../model/index.ts';
import { defineControl, fail, followed, lowered, passEvery, place, unknown } from '../define.ts';

const SAYS: Partial<Record<Sink['of'], string>> = {
  markup: 'is taken for HTML as it is',
  'template-source': 'becomes the source of a template, which may run code on the server',
};

function findingOf({ at, of, callee, origin, reached }: Sink): Finding {
  const finding = followed(place(at, `${callee}: ${origin.says} ${SAYS[of] ?? ''}`), origin.way);
  if (reached === 'no') return lowered(finding, 'no production start path comes by this line');
  return finding;
}

/** `note.html | safe`, where the code cleans whatever it sets that to. */
const cleanedIn = ({ what }: RawOutput, members: readonly CleanedMember[]): CleanedMember | undefined => {
  const [, name] = /\.(\w+)\s*(?:\||$)/.exec(what) ?? [];
  return members.find(member => member.name === name);
};

export default defineControl({
  id: 'web/template-escaping',
  title: 'Templates escape every value that they put into a page',
  severity: 'high',
  stage: 'stable',
  asks: 'Fails where a template or the code turns escaping off for data that is not constant, and where a template is made out of what the caller sends.',
  why: 'What one user writes then runs as code in the pages of others; a template made of input even runs on the server.',
  remedy: 'Leave the escaping of the template engine on, and hand data over as values instead of markup.',
  sources: ['CATALOG web/template-escaping', 'OWASP ASVS 5.0 V1.2', 'CWE-79', 'CWE-1336'],
  fix: 'advice',
  drill: 'none',
  needs: ['templateFile', 'rawOutput', 'sink', 'page', 'cleanedMember'],

  applies: ({ facts }) =>
    facts.has('page') ||
    facts.has('templateFile') ||
    facts.has('rawOutput') ||
    facts.all('sink').some(({ of }) => of in SAYS) ||
    'it renders no HTML from templates',

  judge: ({ facts }) => {
    const sinks = facts.all('sink').filter(({ of }) => of in SAYS);
    const members = facts.all('cleanedMember');
    const cleaned = facts.all('rawOutput').filter(each => cleanedIn(each, members));
    const raw = facts.all('rawOutput').filter(each => !cleaned.includes(each));
    const findings = [
      ...sinks.filter(({ origin }) => origin.kind === 'input').map(findingOf),
      ...raw
        .filter(({ data }) => data === 'data')
        .map(({ at, way, what }) => place(at, `${way} puts ${what} into the page unescaped`)),
    ];
    if (findings.length > 0) return fail(findings);
    const open = sinks.find(
      ({ origin, of, reached }) => of === 'markup' && origin.kind === 'unclear' && reached !== 'no',
    );
    if (open)
      return unknown(
        `${open.at.path}:${open.at.startLine} takes ${open.origin.says} for HTML, and it cannot be told what it holds`,
      );
    return passEvery([
      ...cleaned
        .flatMap(each => cleanedIn(each, members) ?? [])
        .slice(0, 2)
        .map(({ at, name, by }) =>
          place(at, `${name} is cleaned by ${by} before it goes into a page as it is`),
        ),
      ...facts
        .all('page')
        .filter(({ reached }) => reached !== 'no')
        .slice(0, 4)
        .map(({ at, name }) => place(at, `renders ${name} with escaping as the engine has it`)),
      ...facts
        .all('templateFile')
        .filter(({ path }) => !cleaned.some(({ at }) => at.path === path))
        .slice(0, 4)
        .map(({ at, outputs }) => place(at, `${outputs} values, all escaped`)),
    ]);
  },
});
