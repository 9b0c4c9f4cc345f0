import type { AdminConsole, ImageCommand, Term, Truth } from '../../model/index.ts';

interface Service {
  readonly software: string;
  readonly environment: Readonly<Record<string, Term>>;
  readonly labels: Readonly<Record<string, Term>>;
  readonly command: ImageCommand | undefined;
}

interface Console {
  /** Software by the table of images, or what the command starts. */
  readonly software: RegExp;
  readonly command?: RegExp;
  /** It asks for a user by itself, when something here is set, or as a setting of another service says. */
  readonly login: 'always' | 'elsewhere' | RegExp;
  /** Settings that let everybody in all the same. */
  readonly without?: RegExp;
}

/** How the widely used tools come to a login. Their own documentation says so. */
const TABLE: readonly Console[] = [
  { software: /^pgadmin$/, login: 'always', without: /PGADMIN_CONFIG_SERVER_MODE=False/i },
  { software: /^adminer$/, login: 'always' },
  { software: /^phpmyadmin$/, login: 'always', without: /^PMA_PASSWORD=/m },
  {
    software: /^mongo-express$/,
    login: /^ME_CONFIG_BASICAUTH_(USERNAME|PASSWORD)(_FILE)?=/m,
    without: /^ME_CONFIG_BASICAUTH=false/im,
  },
  { software: /^redis-admin$/, login: /^(HTTP_PASSWORD|RI_ENCRYPTION_KEY)/m },
  {
    software: /^flower$/,
    command: /\bflower\b/,
    login: /BASIC_?AUTH|basic[-_]auth|--auth\b|AUTH_PROVIDER|auth_provider|OAUTH/,
  },
  { software: /^portainer$/, login: 'always', without: /--no-auth/ },
  { software: /^mailhog$/, login: /AUTH/ },
  { software: /^kafka-ui$/, login: /AUTH_TYPE|SPRING_SECURITY|basic/i },
  {
    software: /^kibana$/,
    login: 'elsewhere', // as the search engine does
    without: /^DISABLE_SECURITY_DASHBOARDS_PLUGIN=true$|^xpack\.security\.enabled=false$/im,
  },
  { software: /^traefik$/, command: /--api\.insecure(=true|\s|$)/, login: /(?!)/ },
];

/** The part of a text that a term says without its parts from outside. */
const textOf = (term: Term): string => (term.kind === 'literal' ? String(term.value) : '…');

/** The administration tool that a service runs, and whether it lets everybody in; `undefined` for other services. */
export function consoleOf(service: Service, isAdminTool: boolean): AdminConsole | undefined {
  const { software, environment, labels, command } = service;
  const commandText = command?.text ?? '';
  const row = TABLE.find(
    each => (each.command?.test(commandText) ?? false) || (each.software.test(software) && isAdminTool),
  );
  if (!row) return isAdminTool ? { name: software, login: guarded(labels) ? 'yes' : 'unclear' } : undefined;
  const settings = Object.entries(environment)
    .map(([name, term]) => `${name}=${textOf(term)}`)
    .concat(commandText)
    .join('\n');
  return {
    name: software || (row.command?.exec(commandText)?.[0] ?? ''),
    login: loginOf(row, settings, labels),
  };
}

function loginOf({ login, without }: Console, settings: string, labels: Service['labels']): Truth {
  if (guarded(labels)) return 'yes';
  if (without?.test(settings)) return 'no';
  if (login === 'elsewhere') return 'unclear';
  return login === 'always' || login.test(settings) ? 'yes' : 'no';
}

/** A proxy in front that asks for a user. */
const guarded = (labels: Service['labels']): boolean =>
  Object.keys(labels).some(name => /basicauth|forwardauth|digestauth/i.test(name)) ||
  Object.values(labels).some(term => /auth/i.test(textOf(term)));
