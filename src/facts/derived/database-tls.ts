import type {
  ComposeService,
  DatabaseConnection,
  DeliveredText,
  Facts,
  Term,
  Truth,
} from '../../model/index.ts';
import { either, literalTexts, productionServices, termsIn } from '../../model/index.ts';
import type { Delivery } from './delivered.ts';

const ENCRYPTED =
  /\bssl_?-?mode=(require|verify)|\b(ssl|tls|use_ssl)=(true|1|yes|on|require)|\bencrypt=(yes|true|mandatory|strict)|\bssl_ca=|^rediss:|^mongodb\+srv:|^https:|^neo4j\+s/i;
const PLAIN =
  /\bssl_?-?mode=(disable|allow|prefer|preferred|disabled)|\b(ssl|tls)=(false|0|no|off)|\bencrypt=(no|false|optional)/i;
/** Since version 18 the driver encrypts unless it is told not to. */
const NEW_DRIVER = /ODBC Driver (1[89]|[2-9]\d) for SQL Server/i;

function inAddress({ text }: DeliveredText): Truth {
  if (PLAIN.test(text)) return 'no';
  if (ENCRYPTED.test(text) || NEW_DRIVER.test(text)) return 'yes';
  // A part at the end that comes from outside may bring options.
  return text.endsWith('\0') && !/[/?]/.test(text.replace(/^[^:]*:\/\//, '')) ? 'unclear' : 'no';
}

const KEYS = /^(sslmode|ssl|tls|ssl_?mode|ssl_ca|sslrootcert|ssl_context|encrypt|ca)$/i;

/** `ssl=True`, `sslmode="require"`, `connect_args={"ssl": context}`. */
function inOptions(term: Term): Truth {
  switch (term.kind) {
    case 'literal':
      return term.value === true ||
        /^(require|verify-(ca|full)|true|yes|mandatory|strict|required)$/i.test(String(term.value)) ||
        /\.(pem|crt|cer)$/.test(String(term.value))
        ? 'yes'
        : 'no';
    case 'object': {
      const found = term.entries
        .filter(([key]) => KEYS.test(key))
        .map(([, entry]) =>
          inOptions(entry.kind === 'object' ? { kind: 'literal', value: true, at: entry.at } : entry),
        );
      return either(term.open ? 'unclear' : 'no', ...found);
    }
    case 'call':
    case 'reference':
      return 'yes';
    default:
      return literalTexts(term).some(text => /^(require|verify-)/.test(text)) ? 'yes' : 'unclear';
  }
}

/** Whether a connection is encrypted, by its address, its options and the environment. */
export function encryptedBy(
  { url, tls }: DatabaseConnection,
  addresses: readonly DeliveredText[],
  delivery: Delivery,
): Truth {
  const inEnvironment = delivery('PGSSLMODE').some(({ term }) =>
    literalTexts(term).some(text => /^(require|verify)/.test(text)),
  );
  const said = either(tls ? inOptions(tls) : 'no', inEnvironment ? 'yes' : 'no');
  if (said === 'yes') return 'yes';
  const comesFromOutside =
    url !== undefined && [...termsIn(url)].every(({ kind }) => kind !== 'literal') && addresses.length === 0;
  const real = addresses.filter(({ isExample }) => !isExample);
  const inUrl =
    comesFromOutside || (url !== undefined && real.length === 0)
      ? 'unclear'
      : either('no', ...real.map(inAddress));
  return either(said, inUrl);
}

const LOCAL = /^(localhost|127\.|::1|\[::1\]|0\.0\.0\.0|host\.docker\.internal|\/|\(local\)|\.$)/i;

/** Whether the server is on another machine: not this one, and not a container beside the service. */
export function remoteBy(hosts: readonly DeliveredText[], facts: Facts): Truth {
  const beside = new Set(
    productionServices(facts.all('composeService')).map(({ name }: ComposeService) => name),
  );
  const real = hosts.filter(({ text, isExample }) => !isExample && text !== '' && !text.includes('\0'));
  if (real.some(({ text }) => !LOCAL.test(text) && !beside.has(text))) return 'yes';
  if (real.length > 0) return 'no';
  const runs = productionServices(facts.all('composeService')).some(({ role }) => role === 'database');
  return runs ? 'no' : 'unclear';
}
