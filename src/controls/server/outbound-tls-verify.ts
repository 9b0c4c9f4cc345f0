import { ask } from '../../model/index.ts';
import { defineControl, every, lowered, onProductionPath, passEvery, place } from '../define.ts';

const UNSURE = 'whether a production start path comes by this line cannot be told';

export default defineControl({
  id: 'server/outbound-tls-verify',
  title: 'Certificates of others are checked',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for outbound connections whose check of certificates is switched off.',
  why: 'Without the check anybody on the way can read and change what is sent, credentials included.',
  remedy: 'Remove the switch, and give the client the certificate of your own authority where you have one.',
  sources: ['CATALOG server/outbound-tls-verify', 'OWASP ASVS 5.0 V12.3'],
  fix: 'auto',
  drill: 'none',
  needs: ['tlsVerification', 'outboundCall'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('outboundCall')).length > 0 ||
    onProductionPath(facts.all('tlsVerification')).length > 0 ||
    'it makes no outbound connections that can be seen',

  judge: ({ facts }) => {
    const switches = onProductionPath(facts.all('tlsVerification'));
    if (switches.length === 0)
      return passEvery(
        onProductionPath(facts.all('outboundCall')).map(call =>
          place(call.at, `${call.callee} checks by default`),
        ),
      );
    return every(switches, each => ask(each.verified, isVerified => isVerified), {
      proof: each => place(each.at, `${each.callee} checks certificates`),
      exception: each => {
        const finding = place(each.at, `${each.callee} does not check who answers`);
        return each.reached === 'yes' ? finding : lowered(finding, UNSURE);
      },
    });
  },
});
