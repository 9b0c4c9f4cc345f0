import { defineControl, failOr, followed, pass, place } from '../define.ts';

export default defineControl({
  id: 'wiring/limits-agree',
  title: 'Numbers that several layers state agree',
  severity: 'medium',
  stage: 'stable',
  asks: 'Compares what server, image, compose, manifests and proxy state for the same thing: ports, times to answer and to stop, sizes of bodies, connections to the database.',
  why: 'The platform knocks at a door behind which nobody is, or one layer gives up what another one still works on.',
  remedy:
    'State the number once and hand it on, or make all places agree; each layer outwards a little larger.',
  sources: ['CATALOG wiring/limits-agree'],
  fix: 'auto',
  drill: 'drain',
  needs: ['statedLimit'],

  applies: ({ facts }) => facts.has('statedLimit') || 'no two layers state the same number',

  judge: ({ facts }) => {
    const all = facts.all('statedLimit');
    return failOr(
      all.filter(each => each.agrees === 'no').map(each => followed(place(each.at, each.says), each.way)),
      pass(all.filter(each => each.agrees === 'yes').map(each => place(each.at, each.says))),
    );
  },
});
