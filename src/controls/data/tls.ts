import { both, not, type DatabaseUse, type Truth } from '../../model/index.ts';
import { defineControl, every, onProductionPath, place } from '../define.ts';

const overNetwork = (uses: readonly DatabaseUse[]): readonly DatabaseUse[] =>
  onProductionPath(uses).filter(
    ({ engine, remote }) => engine !== 'file' && engine !== 'redis' && remote !== 'no',
  );

/** In the clear is certain only where the server certainly is on another machine. */
const isSafe = ({ encrypted, remote, engine }: DatabaseUse): Truth => {
  if (encrypted === 'yes') return 'yes';
  return not(both(not(encrypted), remote, engine === 'unclear' ? 'unclear' : 'yes'));
};

export default defineControl({
  id: 'data/tls',
  title: 'Connections to databases on other machines are encrypted',
  severity: 'low',
  stage: 'trial',
  asks: 'Looks in connection strings and options of databases on other machines for what demands TLS: sslmode=require, ssl, Encrypt=yes.',
  why: 'What is read and written, the password included, can be read by everybody on the way; many clients fall back to plain text in silence.',
  remedy:
    'Demand TLS in the connection (sslmode=verify-full, Encrypt=yes, ssl with a context) and hand over the certificate of the authority.',
  sources: ['CATALOG data/tls', 'PostgreSQL documentation: SSL Support'],
  fix: 'auto',
  drill: 'none',
  needs: ['databaseUse'],

  applies: ({ facts }) =>
    overNetwork(facts.all('databaseUse')).length > 0 || 'it uses no database on another machine',

  judge: ({ facts }) =>
    every(overNetwork(facts.all('databaseUse')), isSafe, {
      proof: ({ at, callee }) => place(at, `${callee} demands TLS`),
      exception: ({ at, callee, hosts: [host] }) =>
        place(
          at,
          `${callee} reaches ${host && !host.text.includes('\0') ? host.text : 'a server'} over the network and does not demand TLS`,
        ),
    }),
});
