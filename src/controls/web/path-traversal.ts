import { defineControl, failOr, followed, lowered, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/path-traversal',
  title: 'Callers cannot leave the folders that are meant for them',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows the path of every file that is opened, sent, written or removed: fails where a value of the request is joined into it without being confined.',
  why: 'With `../` in a name a caller reads settings and keys of the machine, or overwrites the code itself.',
  remedy:
    'Take only the base name, or join safely and refuse what lies outside of the folder after the path is resolved.',
  sources: ['CATALOG web/path-traversal', 'OWASP ASVS 5.0 V5.3', 'CWE-22'],
  fix: 'auto',
  drill: 'traversal',
  needs: ['sink'],

  applies: ({ facts }) =>
    facts
      .all('sink')
      .some(
        ({ of, origin, reached }) =>
          of === 'file-path' && origin.kind !== 'constant' && (reached !== 'no' || origin.kind === 'input'),
      ) || 'it builds no file paths',

  judge: ({ facts }) => {
    const paths = facts
      .all('sink')
      .filter(sink => sink.of === 'file-path' && sink.origin.kind !== 'constant');
    const findings = paths
      .filter(({ origin }) => origin.kind === 'input')
      .map(sink => {
        const finding = followed(
          place(sink.at, `${sink.callee} follows a path that the caller chooses: ${sink.origin.says}`),
          sink.origin.way,
        );
        return sink.reached === 'no'
          ? lowered(finding, 'no production start path comes by this line')
          : finding;
      });
    const reached = paths.filter(sink => sink.reached !== 'no');
    const open = reached.find(({ origin }) => origin.kind === 'unclear');
    if (findings.length === 0 && open && reached.every(({ origin }) => origin.kind === 'unclear'))
      return unknown(
        `${open.at.path}:${open.at.startLine} follows a path, and it cannot be told who chooses it: ${open.origin.says}`,
      );
    const told = reached.filter(({ origin }) => origin.kind !== 'unclear');
    const checked = told.toSorted(
      (a, b) => Number(b.origin.kind === 'checked') - Number(a.origin.kind === 'checked'),
    );
    return failOr(
      findings,
      passEvery(checked.slice(0, 8).map(sink => place(sink.at, `${sink.callee}: ${sink.origin.says}`))),
    );
  },
});
