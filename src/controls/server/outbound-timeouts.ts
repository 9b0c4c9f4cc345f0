import { ask } from '../../model/index.ts';
import { defineControl, every, lowered, onProductionPath, place } from '../define.ts';

const UNSURE = 'whether a production start path comes by this line cannot be told';

export default defineControl({
  id: 'server/outbound-timeouts',
  title: 'Every call to another service gives up in time',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks at each outbound HTTP call on a production path: requests and urllib wait for ever unless they are told a timeout.',
  why: 'One slow neighbour keeps every worker waiting: the service goes down with it although nothing is wrong here.',
  remedy: 'Give each call a timeout of a few seconds, or set one on the client that makes the calls.',
  sources: ['CATALOG server/outbound-timeouts', 'requests documentation: Timeouts'],
  fix: 'auto',
  drill: 'slow-dependency',
  needs: ['outboundCall'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('outboundCall')).length > 0 || 'it calls no other service',

  judge: ({ facts }) =>
    every(
      onProductionPath(facts.all('outboundCall')),
      call => ask(call.timeout, timeout => timeout === 'limited'),
      {
        proof: call => place(call.at, `${call.callee} gives up in time`),
        exception: call => {
          const finding = place(call.at, `${call.callee} may wait for ever`);
          return call.reached === 'yes' ? finding : lowered(finding, UNSURE);
        },
      },
    ),
});
