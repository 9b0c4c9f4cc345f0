import type { Route } from '../../model/index.ts';
import { defineControl } from '../define.ts';
import { keepsPeople, personRoute } from '../person-routes.ts';

const WORDS =
  /(^|[\s/_-])(export|takeout|download|dump|archive)($|[\s/_-])|gdpr|(my|personal|user|account)[-_]?data/;
/** An export of orders is none of a person. */
const TOLD = /user|account|profile|me\b|my|personal|gdpr|member|customer|person|takeout|student|patient/;

const isOne = ({ path, handler }: Route): boolean => {
  const words = `${path.state === 'unclear' ? '' : path.value} ${handler}`.toLowerCase();
  return WORDS.test(words) && TOLD.test(words);
};

export default defineControl({
  id: 'privacy/export',
  title: 'A person can get the data that is kept of them',
  severity: 'low',
  // Names of paths and functions alone say it: that may be shown, and never gates.
  stage: 'trial',
  asks: 'Where data of people is stored, looks for a route by which a person, or somebody for them, gets all of it.',
  why: 'People may ask for their data at any time, and the law gives a month to hand it out.',
  remedy: 'Offer a route or command that collects what is kept of one person into a file.',
  sources: ['CATALOG privacy/export', 'GDPR Articles 15 and 20'],
  fix: 'advice',
  drill: 'none',
  needs: ['schemaTable', 'route'],

  applies: keepsPeople,

  judge: ({ facts }) => personRoute(facts, isOne, 'export what is kept of a person'),
});
