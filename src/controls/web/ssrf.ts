import { defineControl, failOr, followed, lowered, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/ssrf',
  title: 'Callers do not choose which addresses the service asks',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows the address of every outbound request: fails where its host comes from a request and is not held against a list.',
  why: 'The service asks from inside the network: a caller reads cloud credentials, internal services and files through it.',
  remedy: 'Choose the host from the settings, or hold it against a list of allowed hosts before asking.',
  sources: ['CATALOG web/ssrf', 'OWASP ASVS 5.0 V1.3', 'CWE-918'],
  fix: 'advice',
  drill: 'none',
  needs: ['sink'],

  applies: ({ facts }) =>
    facts.all('sink').some(sink => sink.of === 'outbound-address' && sink.reached !== 'no') ||
    'it asks no addresses',

  judge: ({ facts }) => {
    const asked = facts.all('sink').filter(sink => sink.of === 'outbound-address');
    const findings = asked
      .filter(({ origin }) => origin.kind === 'input')
      .map(sink => {
        const finding = followed(
          place(sink.at, `${sink.callee} asks an address that the caller chooses: ${sink.origin.says}`),
          sink.origin.way,
        );
        return sink.reached === 'no'
          ? lowered(finding, 'no production start path comes by this line')
          : finding;
      });
    const reached = asked.filter(sink => sink.reached !== 'no');
    const open = reached.find(({ origin }) => origin.kind === 'unclear');
    if (findings.length === 0 && open)
      return unknown(
        `${open.at.path}:${open.at.startLine} asks an address, and it cannot be told who chooses it: ${open.origin.says}`,
      );
    return failOr(
      findings,
      passEvery(reached.slice(0, 8).map(sink => place(sink.at, `${sink.callee} asks ${sink.origin.says}`))),
    );
  },
});
