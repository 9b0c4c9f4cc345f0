/** Accounts of images, servers and platforms, which are nobody's own machine. */
const SHARED =
  /^(app|apps|appuser|user|users|username|web|www|www-data|runner|node|python|ubuntu|debian|ec2-user|centos|admin|root|vagrant|vscode|gitpod|codespace|coder|jovyan|airflow|celery|django|flask|deploy|deployer|deployment|service|site|data|git|jenkins|circleci|linuxbrew|container|nonroot|public|default|shared|your[-_]?\w*|name|me|somebody|someone|<.*|\$.*|\{.*|%.*|\*|odoo|frappe|worker|server|home|project|src|workspace|docker|pi|nginx|postgres|redis|build|builder|dev|developer|test|tester|alice|bob|john|jane|foo|bar|example|sandbox|wwwroot)$/i;

const HOME = [
  /(?<![\w.])[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)([^\\/"'\s:;,]+)/g,
  /(?<![\w.:/-])\/Users\/([A-Za-z][\w.-]*)\//g,
  /(?<![\w.:/-])\/home\/([A-Za-z][\w.-]*)\//g,
];
/** The names that Windows and macOS give to new machines. */
const HOST = /\b(?:DESKTOP|LAPTOP)-[A-Z0-9]{5,8}\b|\b[\w-]+s-(?:MacBook|iMac|Mac-mini)[\w-]*(?:\.local)?\b/g;

export interface MachineName {
  readonly what: 'host-name' | 'home-folder';
  readonly text: string;
  readonly index: number;
}

/** Names of one person's machine in a text: `DESKTOP-4711ABC`, `C:\Users\ann`, `/home/ann/…`. */
export function machineNamesIn(text: string): readonly MachineName[] {
  const homes = HOME.flatMap(pattern =>
    [...text.matchAll(pattern)].flatMap((match): MachineName[] => {
      const [whole, name = ''] = match;
      return SHARED.test(name)
        ? []
        : [{ what: 'home-folder', text: whole.replace(/\/$/, ''), index: match.index }];
    }),
  );
  const hosts = [...text.matchAll(HOST)].map((match): MachineName => ({
    what: 'host-name',
    text: match[0],
    index: match.index,
  }));
  return [...homes, ...hosts];
}
