import { defineControl, failOr, followed, lowered, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/open-redirect',
  title: 'Redirects lead to pages of the service, not where a link says',
  severity: 'medium',
  stage: 'stable',
  asks: 'Follows the target of every redirect: fails where it comes from the request and its host is not held against what is allowed.',
  why: 'A link to the real service that ends on a copy of its login page is the best bait there is.',
  remedy: 'Redirect to a route by its name, or refuse targets that have a host of their own.',
  sources: ['CATALOG web/open-redirect', 'OWASP ASVS 5.0 V3.7', 'CWE-601'],
  fix: 'auto',
  drill: 'none',
  needs: ['sink'],

  applies: ({ facts }) => facts.all('sink').some(sink => sink.of === 'redirect') || 'it redirects nobody',

  judge: ({ facts }) => {
    const redirects = facts.all('sink').filter(sink => sink.of === 'redirect');
    const findings = redirects
      .filter(({ origin }) => origin.kind === 'input')
      .map(sink => {
        const finding = followed(
          place(sink.at, `${sink.callee} sends the browser where the caller says: ${sink.origin.says}`),
          sink.origin.way,
        );
        return sink.reached === 'no'
          ? lowered(finding, 'no production start path comes by this line')
          : finding;
      });
    const reached = redirects.filter(sink => sink.reached !== 'no');
    const open = reached.find(({ origin }) => origin.kind === 'unclear');
    if (findings.length === 0 && open)
      return unknown(
        `${open.at.path}:${open.at.startLine} redirects, and it cannot be told where to: ${open.origin.says}`,
      );
    return failOr(
      findings,
      passEvery(reached.slice(0, 6).map(sink => place(sink.at, `redirects to ${sink.origin.says}`))),
    );
  },
});
