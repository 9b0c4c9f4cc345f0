import { ask, servesHttp, type AccessLog } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

const isOn = ({ on }: AccessLog) => ask(on, value => value);

export default defineControl({
  id: 'observe/access-log',
  title: 'Every request leaves a line',
  severity: 'low',
  stage: 'trial',
  asks: 'Asks whether the server that production starts writes an access log, whether own middleware does, or the nginx in the repository. The log of a development server does not count.',
  why: 'After an attack or an outage nobody can tell who asked for what, and when.',
  remedy: 'Turn on the access log of the server, or log requests in middleware.',
  sources: ['CATALOG observe/access-log', 'OWASP Logging Cheat Sheet: Which events to log'],
  fix: 'auto',
  drill: 'none',
  needs: ['accessLog', 'route', 'startPath', 'proxyConfig'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const logs = facts.all('accessLog').filter(({ reached }) => reached !== 'no');
    const on = logs.filter(each => isOn(each) === 'yes' && each.reached === 'yes');
    const proxies = facts.all('proxyConfig').filter(({ logsRequests }) => logsRequests === 'yes');
    if (on.length + proxies.length > 0)
      return pass([
        ...on.map(({ at, name }) => place(at, `${name} writes requests down`)),
        ...proxies.map(({ at, software }) => place(at, `${software} writes requests down by itself`)),
      ]);
    const [open] = logs.filter(each => isOn(each) !== 'no');
    if (open)
      return unknown(
        `whether ${open.name} at ${open.at.path}:${open.at.startLine} writes requests down cannot be told`,
      );
    return fail(
      logs.length > 0
        ? logs.map(({ at, name }) => place(at, `${name} writes no access log as it is started here`))
        : [absence('access log', facts.searched('accessLog'))],
    );
  },
});
