/** Programs that every Debian or Ubuntu image has, as far as a health check or script may want them. */
const DEBIAN =
  'sh bash dash ls cat grep sed awk test [ true false echo sleep env id chown chmod mkdir rm cp mv find timeout kill tail head cut sort date hostname tar gzip perl apt-get apt dpkg useradd groupadd adduser su setpriv';
const BUSYBOX =
  'sh ash ls cat grep sed awk test [ true false echo sleep env id chown chmod mkdir rm cp mv find timeout kill tail head cut sort date hostname tar gzip wget nc ps pgrep pkill su adduser addgroup vi ping netstat apk';
const BUILDPACK = 'curl wget git gcc g++ make ssh ps pgrep pkill file unzip xz patch pkg-config';
const PYTHON = 'python python3 pip pip3';
const NODE = 'node npm npx yarn corepack';
/** Releases that come without what others had: first `corepack`, then `yarn`. */
const WITHOUT: readonly (readonly [RegExp, string])[] = [
  [/^(2[5-9]|[3-9]\d)([.-]|$)/, 'corepack'],
  [/^(2[6-9]|[3-9]\d)([.-]|$)/, 'yarn'],
];
const REDHAT =
  'sh bash ls cat grep sed awk test [ true false echo sleep env id chown chmod mkdir rm cp mv find timeout kill tail head curl rpm';

interface Base {
  readonly name: RegExp;
  /** Matched against the tag. The first row that fits counts. */
  readonly tag: RegExp;
  readonly programs: string;
  readonly user: string;
}

const base = (name: RegExp, tag: RegExp, programs: string, user = 'root'): Base => ({
  name,
  tag,
  programs,
  user,
});

const ALPINE = /alpine/;
const SLIM = /slim/;
const ANY = /^/;

/** What the widely used base images have. An image that is not here may have anything. */
const TABLE: readonly Base[] = [
  base(/^python$/, ALPINE, `${BUSYBOX} ${PYTHON}`),
  base(/^python$/, SLIM, `${DEBIAN} ${PYTHON}`),
  base(/^python$/, ANY, `${DEBIAN} ${BUILDPACK} ${PYTHON}`),
  base(/^node$/, ALPINE, `${BUSYBOX} ${NODE}`),
  base(/^node$/, SLIM, `${DEBIAN} ${NODE}`),
  base(/^node$/, ANY, `${DEBIAN} ${BUILDPACK} ${NODE} python3`),
  base(/^alpine$/, ANY, BUSYBOX),
  base(/^busybox$/, ANY, BUSYBOX.replace(' apk', '')),
  base(/^debian$|^ubuntu$/, ANY, DEBIAN),
  base(/^buildpack-deps$/, ANY, `${DEBIAN} ${BUILDPACK}`),
  base(/^nginx$/, ALPINE, `${BUSYBOX} nginx curl`),
  base(/^nginx$/, ANY, `${DEBIAN} nginx curl`),
  base(/^nginxinc\/nginx-unprivileged$/, ALPINE, `${BUSYBOX} nginx curl`, 'nginx'),
  base(/^nginxinc\/nginx-unprivileged$/, ANY, `${DEBIAN} nginx curl`, 'nginx'),
  base(/^ghcr\.io\/astral-sh\/uv$/, ALPINE, `${BUSYBOX} ${PYTHON} uv uvx`),
  base(/^ghcr\.io\/astral-sh\/uv$/, SLIM, `${DEBIAN} ${PYTHON} uv uvx`),
  base(
    /^ghcr\.io\/astral-sh\/uv$/,
    /python|debian|bookworm|trixie/,
    `${DEBIAN} ${BUILDPACK} ${PYTHON} uv uvx`,
  ),
  base(/^ghcr\.io\/astral-sh\/uv$/, ANY, 'uv uvx'),
  base(/^gcr\.io\/distroless\/python3/, /debug.*nonroot|nonroot.*debug/, 'python python3 sh', 'nonroot'),
  base(/^gcr\.io\/distroless\/python3/, /nonroot/, 'python python3', 'nonroot'),
  base(/^gcr\.io\/distroless\/python3/, ANY, 'python python3'),
  base(/^gcr\.io\/distroless\/nodejs/, /nonroot/, 'node', 'nonroot'),
  base(/^gcr\.io\/distroless\/nodejs/, ANY, 'node'),
  base(/^gcr\.io\/distroless\//, /nonroot/, '', 'nonroot'),
  base(/^gcr\.io\/distroless\//, ANY, ''),
  base(/^cgr\.dev\/chainguard\/python$/, /dev/, `${BUSYBOX} ${PYTHON}`, 'nonroot'),
  base(/^cgr\.dev\/chainguard\/python$/, ANY, 'python python3', 'nonroot'),
  base(/^tiangolo\/uvicorn-gunicorn/, ANY, `${DEBIAN} ${PYTHON} gunicorn uvicorn curl`),
  base(/^tiangolo\/meinheld-gunicorn/, ANY, `${DEBIAN} ${PYTHON} gunicorn curl`),
  base(/^(redhat\/ubi\d|registry\.access\.redhat\.com\/ubi\d+\/ubi)$/, ANY, `${REDHAT} dnf yum`),
  base(
    /^registry\.access\.redhat\.com\/ubi\d+\/python-/,
    ANY,
    `${REDHAT} ${PYTHON} dnf git gcc make`,
    '1001',
  ),
  base(/^(centos|rockylinux|almalinux|fedora|amazonlinux|oraclelinux)$/, ANY, `${REDHAT} dnf yum`),
  base(/^public\.ecr\.aws\/lambda\/python$/, ANY, `${REDHAT} ${PYTHON}`),
  base(/^(golang|rust|openjdk|eclipse-temurin|ruby|php)$/, ANY, `${DEBIAN} ${BUILDPACK}`),
];

export interface KnownBase {
  readonly programs: readonly string[];
  readonly user: string;
}

/** What a base image is known to contain and to run as; `undefined` for one that is not widely known. */
export function knownBase(name: string, tag: string): KnownBase | undefined {
  if (name === 'scratch') return { programs: [], user: 'root' };
  const official = name.replace(/^(public\.ecr\.aws\/docker\/library|mirror\.gcr\.io(\/library)?)\//, '');
  const row = TABLE.find(each => each.name.test(official) && each.tag.test(tag));
  const gone =
    official === 'node' ? WITHOUT.flatMap(([tags, program]) => (tags.test(tag) ? [program] : [])) : [];
  return (
    row && {
      programs: row.programs.split(' ').filter(program => program !== '' && !gone.includes(program)),
      user: row.user,
    }
  );
}

/** System packages whose programs have another name than the package. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'build-essential': 'gcc g++ make',
  'build-base': 'gcc g++ make',
  'ca-certificates': '',
  coreutils: 'timeout env stat',
  'default-mysql-client': 'mysql mysqladmin mysqldump',
  dnsutils: 'dig nslookup',
  gosu: 'gosu',
  graphicsmagick: 'gm',
  imagemagick: 'convert identify magick',
  'iputils-ping': 'ping',
  'mariadb-client': 'mysql mysqladmin mysqldump mariadb',
  'mysql-client': 'mysql mysqladmin mysqldump',
  netcat: 'nc netcat',
  'netcat-openbsd': 'nc netcat',
  'netcat-traditional': 'nc netcat',
  nodejs: 'node',
  'openssh-client': 'ssh scp ssh-keygen',
  'poppler-utils': 'pdftotext pdftoppm pdfinfo',
  postgresql: 'psql pg_isready pg_dump postgres',
  'postgresql-client': 'psql pg_isready pg_dump pg_restore',
  procps: 'ps pgrep pkill top free',
  'python3-pip': 'pip3 pip',
  python3: 'python3',
  'redis-tools': 'redis-cli',
  redis: 'redis-cli redis-server',
  'tesseract-ocr': 'tesseract',
  'libreoffice-writer': 'soffice libreoffice',
  libreoffice: 'soffice libreoffice',
  'chromium-driver': 'chromedriver',
  'chromium-browser': 'chromium-browser chromium',
  'mssql-tools': 'sqlcmd bcp',
  'mssql-tools18': 'sqlcmd bcp',
  'vim-tiny': 'vi',
};

/** The programs that a system package brings; the package's own name goes with them. */
export function programsOf(packageName: string): readonly string[] {
  const versionless = packageName.replace(/-\d+(\.\d+)*$/, '');
  const known = Object.hasOwn(PROGRAMS, versionless) ? PROGRAMS[versionless] : undefined;
  return [...new Set([packageName, ...(known ?? '').split(' ').filter(Boolean)])];
}
