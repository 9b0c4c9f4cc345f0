import { servesHttp, type RequestId } from '../../model/index.ts';
import { absence, defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

const missingFrom = ({ returned, logged }: RequestId): readonly string[] => [
  ...(returned === 'yes' ? [] : ['does not send it back']),
  ...(logged === 'yes' ? [] : ['does not put it into log lines']),
];

export default defineControl({
  id: 'observe/request-id',
  title: 'Every request has an identifier, in the answer and in the log',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for middleware or hooks on the app that take an identifier from the request or make one, send it back in a header, and put it into log lines.',
  why: 'When a user reports an error nobody finds the lines that belong to it.',
  remedy:
    'Add middleware that takes X-Request-ID or makes one, sends it back, and gives it to the log formatter.',
  sources: ['CATALOG observe/request-id', 'W3C Trace Context'],
  fix: 'auto',
  drill: 'request-id',
  needs: ['requestId', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const all = facts.all('requestId');
    const wired = all.filter(each => each.wired === 'yes');
    const whole = wired.filter(each => missingFrom(each).length === 0);
    if (whole.length > 0)
      return pass(
        whole.map(({ at, name }) =>
          place(at, `${name} gives every request an identifier, sends it back and logs it`),
        ),
      );
    const [doubt] = all.filter(each => each.wired === 'unclear');
    if (wired.length === 0 && doubt)
      return unknown(
        `whether production comes by ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    if (wired.length > 0)
      return fail(
        wired.map(each =>
          lowered(
            place(
              each.at,
              `${each.name} gives requests an identifier and ${missingFrom(each).join(' and ')}`,
            ),
            'requests have an identifier',
          ),
        ),
      );
    return fail([
      followed(
        absence('request identifier', facts.searched('requestId')),
        all.map(({ at, name }) => ({ at, says: `${name} is present and not wired` })),
      ),
    ]);
  },
});
