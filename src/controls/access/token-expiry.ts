import { known } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place, unknown } from '../define.ts';

export default defineControl({
  id: 'access/token-expiry',
  title: 'Tokens end by themselves, and their signature and end are checked',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for an expiry in each token that is signed, and for checks of signature and expiry where tokens are read.',
  why: 'A token that leaked once opens the service for ever.',
  remedy: 'Set an expiry of minutes to hours, check it, and name the algorithms that are accepted.',
  sources: ['CATALOG access/token-expiry', 'OWASP ASVS 5.0 V9.2', 'RFC 8725'],
  fix: 'auto',
  drill: 'expired-token',
  needs: ['tokenUse'],

  applies: ({ facts }) =>
    facts.all('tokenUse').some(use => use.reached !== 'no') || 'it issues no JSON web tokens',

  judge: ({ facts }) => {
    const uses = facts.all('tokenUse').filter(use => use.reached !== 'no');
    const findings = uses.flatMap(use => {
      if (use.flaw) return [place(use.at, use.flaw)];
      if (known(use.expires) !== false) return [];
      return [
        place(use.at, use.does === 'sign' ? 'the token never ends' : 'that a token has ended is not checked'),
      ];
    });
    const open = uses.find(use => use.expires.state === 'unclear');
    if (findings.length === 0 && open?.expires.state === 'unclear')
      return unknown(`the token at ${open.at.path}:${open.at.startLine}: ${open.expires.because}`);
    return failOr(
      findings,
      passEvery(
        uses.map(use =>
          place(use.at, use.does === 'sign' ? 'the token ends by itself' : 'signature and end are checked'),
        ),
      ),
    );
  },
});
