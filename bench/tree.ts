import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A service of many files, the same in every run: routers, models, helpers and plain library code of the kind
 * that large repositories are made of. Every package is imported from the start path.
 */
export function makeTree(root: string, files: number, bytes: number): number {
  const each = Math.ceil(bytes / files);
  const packages = Math.ceil(files / 50);
  let written = 0;
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    written += text.length;
  };
  for (let p = 0; p < packages; p++) {
    const names = Array.from({ length: 49 }, (_, index) => `part${index}`);
    write(`shop/area${p}/__init__.py`, names.map(name => `from . import ${name}\n`).join(''));
    names.forEach((name, index) => {
      write(`shop/area${p}/${name}.py`, index === 0 ? router(p) : library(p, index, each));
    });
  }
  const areas = Array.from({ length: packages }, (_, p) => p);
  write('shop/__init__.py', '');
  write(
    'shop/main.py',
    [
      'from fastapi import FastAPI',
      ...areas.map(p => `from shop.area${p} import part0 as area${p}`),
      '',
      'app = FastAPI()',
      ...areas.map(p => `app.include_router(area${p}.router, prefix="/area${p}")`),
      '',
    ].join('\n'),
  );
  write('requirements.txt', 'fastapi==0.115.0\nsqlalchemy==2.0.30\nuvicorn==0.30.0\nrequests==2.32.0\n');
  write(
    'Dockerfile',
    'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0"]\n',
  );
  return written;
}

const router = (p: number): string => `import os

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

router = APIRouter()
LIMIT = int(os.environ.get("AREA${p}_LIMIT", "100"))


class Order(BaseModel):
    name: str
    count: int = 1


def current_user(token: str = ""):
    if not token:
        raise HTTPException(status_code=401)
    return token


@router.get("/orders")
def orders(limit: int = LIMIT, user: str = Depends(current_user)):
    return [{"id": index} for index in range(min(limit, LIMIT))]


@router.post("/orders")
def order(body: Order, user: str = Depends(current_user)):
    return {"id": 1, "name": body.name}
`;

/** Classes and functions that compute, branch, loop and format, until the file has its size. */
function library(p: number, index: number, size: number): string {
  const blocks: string[] = [
    `"""Part ${index} of area ${p}."""\nfrom collections import defaultdict\nfrom dataclasses import dataclass, field\nimport math\n`,
  ];
  let length = blocks[0]?.length ?? 0;
  for (let n = 0; length < size; n++) {
    const block = BLOCK.replaceAll('NN', `${p}_${index}_${n}`);
    blocks.push(block);
    length += block.length;
  }
  return blocks.join('\n');
}

const BLOCK = `
@dataclass
class BasketNN:
    """Holds lines and adds them up."""

    name: str
    lines: list = field(default_factory=list)
    rates: dict = field(default_factory=lambda: {"a": 1.2, "b": 0.8})

    def add(self, item, count=1, *, price=0.0):
        if count <= 0:
            raise ValueError(f"count of {item!r} must be positive, not {count}")
        self.lines.append({"item": item, "count": count, "price": price})
        return self

    def total(self, rate="a"):
        result = 0.0
        for line in self.lines:
            factor = self.rates.get(rate, 1.0)
            result += line["count"] * line["price"] * factor
        return round(result, 2)

    def grouped(self):
        groups = defaultdict(list)
        for line in self.lines:
            groups[line["item"][:1]].append(line)
        return {key: sorted(value, key=lambda each: each["price"]) for key, value in groups.items()}


def distanceNN(left, right, scale=1.0):
    """The distance of two points, by the usual rule."""
    try:
        pairs = zip(left, right)
        return scale * math.sqrt(sum((a - b) ** 2 for a, b in pairs))
    except TypeError as error:
        raise ValueError("points must be rows of numbers") from error


def reportNN(baskets):
    rows = []
    for number, basket in enumerate(baskets):
        total = basket.total()
        label = "many" if total > 100 else "few" if total > 10 else "none"
        rows.append("{:>4} {:<20} {:>10.2f} {}".format(number, basket.name, total, label))
    return "\\n".join(rows)
`;

/** The same in TypeScript: routers of Express, barrels, classes and functions; every folder is imported from the start. */
export function makeNodeTree(root: string, files: number, bytes: number): number {
  const each = Math.ceil(bytes / files);
  const folders = Math.ceil(files / 50);
  let written = 0;
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    written += text.length;
  };
  const areas = Array.from({ length: folders }, (_, area) => area);
  for (const area of areas) {
    const names = Array.from({ length: 49 }, (_, index) => `part${index}`);
    write(`src/area${area}/index.ts`, names.map(name => `export * from './${name}.js';\n`).join(''));
    names.forEach((name, index) => {
      write(`src/area${area}/${name}.ts`, index === 0 ? nodeRouter(area) : nodeLibrary(area, index, each));
    });
  }
  write(
    'src/main.ts',
    [
      "import express from 'express';",
      ...areas.map(area => `import { router as area${area} } from './area${area}/index.js';`),
      '',
      'const app = express();',
      ...areas.map(area => `app.use('/area${area}', area${area});`),
      'app.listen(Number(process.env.PORT ?? 3000));',
      '',
    ].join('\n'),
  );
  write(
    'package.json',
    JSON.stringify({
      name: 'shop',
      type: 'module',
      scripts: { build: 'tsc', start: 'node dist/main.js' },
      dependencies: { express: '4.21.2', jsonwebtoken: '9.0.2' },
      devDependencies: { typescript: '5.9.2' },
    }),
  );
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { outDir: 'dist', rootDir: 'src', strict: true } }),
  );
  write(
    'Dockerfile',
    'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main.js"]\n',
  );
  return written;
}

const nodeRouter = (area: number): string => `import { Router, type Request, type Response } from 'express';
import jwt from 'jsonwebtoken';

export const router = Router();
const LIMIT = Number(process.env.AREA${area}_LIMIT ?? '100');

function currentUser(req: Request, res: Response, next: () => void): void {
  const token = req.headers.authorization ?? '';
  if (!token) {
    res.status(401).end();
    return;
  }
  jwt.verify(token, process.env.JWT_SECRET ?? '');
  next();
}

router.get('/orders', currentUser, (req, res) => {
  const limit = Math.min(Number(req.query.limit ?? LIMIT), LIMIT);
  res.json(Array.from({ length: limit }, (_, id) => ({ id })));
});

router.post('/orders', currentUser, async (req, res) => {
  const { name } = req.body as { name: string };
  res.json({ id: 1, name });
});
`;

/** Classes and functions that compute, branch, loop and format, until the file has its size. */
function nodeLibrary(area: number, index: number, size: number): string {
  const blocks: string[] = [`// Part ${index} of area ${area}.\nimport { createHash } from 'node:crypto';\n`];
  for (let n = 0, length = 0; length < size; n++) {
    const block = NODE_BLOCK.replaceAll('NN', `${area}_${index}_${n}`);
    blocks.push(block);
    length += block.length;
  }
  return blocks.join('\n');
}

const NODE_BLOCK = `
interface LineNN {
  readonly item: string;
  readonly count: number;
  readonly price: number;
}

/** Holds lines and adds them up. */
export class BasketNN {
  private readonly lines: LineNN[] = [];
  private readonly rates: Record<string, number> = { a: 1.2, b: 0.8 };

  constructor(private readonly name: string) {}

  add(item: string, { count = 1, price = 0 }: { count?: number; price?: number } = {}): this {
    if (count <= 0) throw new Error(\`count of \${item} must be positive, not \${count}\`);
    this.lines.push({ item, count, price });
    return this;
  }

  total(rate = 'a'): number {
    let result = 0;
    for (const line of this.lines) {
      const factor = this.rates[rate] ?? 1;
      result += line.count * line.price * factor;
    }
    return Math.round(result * 100) / 100;
  }

  grouped(): ReadonlyMap<string, readonly LineNN[]> {
    const groups = new Map<string, LineNN[]>();
    for (const line of this.lines) groups.set(line.item, [...(groups.get(line.item) ?? []), line]);
    return groups;
  }
}

export const distanceNN = (left: readonly number[], right: readonly number[], scale = 1): number =>
  scale * Math.sqrt(left.reduce((sum, value, index) => sum + (value - (right[index] ?? 0)) ** 2, 0));

export async function reportNN(baskets: readonly BasketNN[]): Promise<string> {
  const rows: string[] = [];
  for (const [number, basket] of baskets.entries()) {
    const total = basket.total();
    const label = total > 100 ? 'many' : total > 10 ? 'few' : 'none';
    rows.push(\`\${number} \${total.toFixed(2)} \${label} \${createHash('sha256').update(label).digest('hex')}\`);
  }
  return rows.join('\\n');
}
`;
