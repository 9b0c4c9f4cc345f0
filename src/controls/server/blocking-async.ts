import type { Finding } from '../../model/index.ts';
import { defineControl, failOr, followed, lowered, onProductionPath, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'server/blocking-async',
  title: 'No async function waits in a way that stops all others',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks in async functions, and in the functions they call, for calls that block: synchronous HTTP clients, database sessions, sleeping, other programs.',
  why: 'One event loop serves all requests of a process: while one of them blocks, nobody else gets an answer.',
  remedy:
    'Use the asynchronous form of the call, or hand it to a thread or a worker; where plain handlers run in threads, make the handler a plain one.',
  sources: ['CATALOG server/blocking-async', 'Python documentation: Developing with asyncio'],
  fix: 'advice',
  drill: 'none',
  needs: ['asyncFunction'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('asyncFunction')).length > 0 || 'it has no async functions',

  judge: ({ facts }) => {
    const functions = onProductionPath(facts.all('asyncFunction'));
    const seen = new Set<string>();
    const findings = functions.flatMap(({ name, blocking, reached }) =>
      blocking.flatMap(({ at, callee, waitsFor, way }): Finding[] => {
        const key = `${at.path}:${at.startLine}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const finding = followed(
          place(at, `${callee} in ${name} holds the event loop while it waits for ${waitsFor}`),
          way,
        );
        return [
          reached === 'yes'
            ? finding
            : lowered(finding, 'whether a production start path comes by this line cannot be told'),
        ];
      }),
    );
    return failOr(
      findings,
      passEvery(
        functions
          .slice(0, 3)
          .map(({ at, name }) => place(at, `${name} calls nothing that is known to block`)),
      ),
    );
  },
});
