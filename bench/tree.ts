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
