import { servesHttp, type Telemetry } from '../../model/index.ts';
import { absence, defineControl, fail, lowered, pass, place, unknown } from '../define.ts';

const saysOf = ({ name, says }: Telemetry): string => (says === '' ? name : `${name}, ${says}`);

export default defineControl({
  id: 'observe/metrics',
  title: 'Requests are counted and timed, and the numbers can be fetched',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether a library, an agent or own code counts and times every request on the path of production, and whether the numbers leave the process.',
  why: 'Nobody sees that errors rise or answers become slow before users call.',
  remedy:
    'Hang an exporter for the framework on the app that production starts, and let its numbers be scraped.',
  sources: ['CATALOG observe/metrics', 'Google SRE book: The Four Golden Signals'],
  fix: 'auto',
  drill: 'metrics',
  needs: ['telemetry', 'route', 'startPath'],

  applies: ({ facts }) =>
    facts.has('startPath') ||
    servesHttp(facts.all('route'), facts.all('startPath')) ||
    'nothing in it is started, and it answers no requests',

  judge: ({ facts }) => {
    const all = facts.all('telemetry').filter(({ signal }) => signal === 'metrics');
    const isServer = servesHttp(facts.all('route'), facts.all('startPath'));
    const isEnough = ({ measures }: Telemetry) =>
      !isServer || (measures.includes('requests') && measures.includes('durations'));
    const wired = all.filter(each => each.wired === 'yes');
    const enough = wired.filter(isEnough);
    if (enough.length > 0)
      return pass(enough.map(each => place(each.at, `${saysOf(each)} measures every request`)));
    const [doubt] = all.filter(each => each.wired === 'unclear' && isEnough(each));
    if (doubt)
      return unknown(
        `whether production sets up ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    if (wired.length > 0)
      return fail(
        wired.map(each =>
          lowered(
            place(
              each.at,
              each.measures.length > 0
                ? `${each.name} counts requests and does not time them`
                : `${each.name} keeps numbers of its own, and neither counts nor times requests`,
            ),
            'some numbers can be fetched',
          ),
        ),
      );
    if (all.length > 0)
      return fail(
        all.map(each =>
          place(
            each.at,
            `${each.name} is present and not wired: ${each.says || 'production does not come by'}`,
          ),
        ),
      );
    return fail([absence('count of requests with their durations', facts.searched('telemetry'))]);
  },
});
