import { defineControl, failOr, followed, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/limits-agree',
  title: 'Numbers that several layers state agree',
  severity: 'medium',
  stage: 'stable',
  asks: 'Compares the port that the server, the image, compose and the manifests state for the same service.',
  why: 'The platform knocks at a door behind which nobody is.',
  remedy: 'State the port once and hand it on, or make all places agree.',
  sources: ['CATALOG wiring/limits-agree'],
  fix: 'auto',
  drill: 'drain',
  needs: ['statedLimit'],

  applies: ({ facts }) =>
    new Set(facts.all('statedLimit').map(limit => limit.at.path)).size > 1 ||
    'no two layers state the same number',

  judge: ({ facts }) => {
    const ports = facts.all('statedLimit');
    const [first] = ports;
    const wrong = ports.filter(limit => limit.value !== first?.value);
    return failOr(
      wrong.map(limit =>
        followed(
          place(limit.at, `${limit.says}, while ${first?.says ?? ''}`),
          first ? [{ at: first.at, says: first.says }] : [],
        ),
      ),
      pass(ports.map(limit => place(limit.at, limit.says))),
    );
  },
});
