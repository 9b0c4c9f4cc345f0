import { servesHttp, type HealthAnswer } from '../../model/index.ts';
import { absence, defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

const isCheap = ({ checks, open }: HealthAnswer): boolean => checks.length === 0 && open === '';

export default defineControl({
  id: 'observe/liveness',
  title: 'A health route says that the process is alive',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a reached GET route for health (`/health`, `/healthz`, `/livez`, `/ping`) that answers without login and without asking a database or another service.',
  why: 'Without one nobody can tell a hung process from a busy one; one that asks the database restarts healthy processes when the database is away.',
  remedy: 'Serve a GET route such as /livez that answers 200 without touching anything else.',
  sources: ['CATALOG observe/liveness', 'Kubernetes documentation: Liveness, Readiness and Startup Probes'],
  fix: 'auto',
  drill: 'liveness',
  needs: ['healthAnswer', 'route', 'guard', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const all = facts.all('healthAnswer');
    // What guards the whole app mostly lets this route by.
    const guards = facts.all('guard').filter(({ reached, scope }) => reached === 'yes' && scope !== 'app');
    const guardOf = (answer: HealthAnswer) =>
      guards.find(({ route }) => route !== '' && route === answer.route);
    const reached = all.filter(answer => answer.reached !== 'no');
    const open = reached.filter(answer => !guardOf(answer));
    const cheap = open.filter(isCheap);
    const certain = cheap.filter(answer => answer.reached === 'yes');
    if (certain.length > 0)
      return pass(certain.map(({ at, name }) => place(at, `${name} answers without asking anything else`)));
    const [doubt] = cheap;
    if (doubt) return unknown(`whether production serves ${doubt.name} cannot be told`);
    const [unfollowed] = open.filter(({ checks }) => checks.length === 0);
    if (unfollowed)
      return unknown(`${unfollowed.name} calls ${unfollowed.open}, and what that asks cannot be told`);
    const [busy] = open;
    if (busy)
      return fail([
        lowered(
          place(
            busy.at,
            `${busy.name} is the only health route, and it asks ${busy.checks[0]?.says ?? 'others'}`,
          ),
          'there is a health route; as a liveness check it restarts the service when a dependency is away',
        ),
      ]);
    const [closed] = reached;
    if (closed)
      return fail([
        lowered(
          place(closed.at, `${closed.name} asks who calls, so that no probe gets an answer`),
          'there is a health route',
        ),
      ]);
    return fail([
      followed(
        absence('GET route for health such as /livez', facts.searched('route')),
        all.map(({ at, name }) => ({ at, says: `${name} is present and not served` })),
      ),
    ]);
  },
});
