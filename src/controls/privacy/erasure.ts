import type { Route } from '../../model/index.ts';
import { defineControl } from '../define.ts';
import { keepsPeople, personRoute } from '../person-routes.ts';

const WORDS =
  /(^|[\s/_-])(delete|remove|close|erase|anonymi[sz]e|forget)[-_]?(my[-_]?)?(users?|accounts?|profile|member|customer|person|me|data)($|[\s/_-])|(user|account|profile|member|customer|me)s?[/_-](\{\w+\}[/_-])?(delete|remove|close|erase|anonymi[sz]e|forget)/;
/** `DELETE /users/{id}`, `DELETE /me` */
const PEOPLE =
  /\/(users?|accounts?|me|profiles?|members?|customers?|people|students?|patients?)(\/\{[^}]*\}|\/me)?\/?$/i;

const isOne = ({ path, methods, handler }: Route): boolean => {
  const text = path.state === 'unclear' ? '' : path.value;
  const deletes = methods.state !== 'unclear' && methods.value.includes('DELETE');
  return (deletes && PEOPLE.test(text)) || WORDS.test(`${text} ${handler}`.toLowerCase());
};

export default defineControl({
  id: 'privacy/erasure',
  title: 'A person can be deleted with their data',
  severity: 'low',
  // Names of paths and functions alone say it: that may be shown, and never gates.
  stage: 'trial',
  asks: 'Where data of people is stored, looks for a route that deletes an account or makes its data anonymous.',
  why: 'People may ask to be forgotten. By hand, in seven tables, one of them is forgotten instead.',
  remedy:
    'Offer a route or command that deletes a person with all that belongs to them, or takes the names out of it.',
  sources: ['CATALOG privacy/erasure', 'GDPR Article 17'],
  fix: 'advice',
  drill: 'none',
  needs: ['schemaTable', 'route'],

  applies: keepsPeople,

  judge: ({ facts }) => personRoute(facts, isOne, 'delete a person'),
});
