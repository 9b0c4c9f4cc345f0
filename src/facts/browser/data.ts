import type { Call, Expression, Span } from '../../read/syntax.ts';
import type { Script, ScriptBinding, ScriptFunction } from '../../read/browser/script.ts';

/** What a text in the browser is made of. */
export interface Data {
  readonly kind: 'constant' | 'escaped' | 'data' | 'unclear';
  readonly parts: readonly string[];
}

/** Where an expression stands, and what the parameters of the functions around it got. */
interface Context {
  readonly scripts: readonly Script[];
  readonly script: Script;
  readonly given: ReadonlyMap<string, Data>;
  readonly asking: ReadonlySet<Expression>;
  /** How many more expressions this question may look at. */
  readonly budget: { left: number };
}

const CONSTANT: Data = { kind: 'constant', parts: [] };
const ESCAPED: Data = { kind: 'escaped', parts: [] };
const DEEPEST = 24;

const RANK: readonly Data['kind'][] = ['constant', 'escaped', 'unclear', 'data'];

function join(all: readonly Data[]): Data {
  const worst = all.reduce<Data['kind']>(
    (kind, each) => (RANK.indexOf(each.kind) > RANK.indexOf(kind) ? each.kind : kind),
    'constant',
  );
  return {
    kind: worst,
    parts: [...new Set(all.filter(each => each.kind === worst).flatMap(each => each.parts))],
  };
}

/** What an expression comes to, seen from the place where it becomes HTML. */
export const dataOf = (expression: Expression, script: Script, scripts: readonly Script[]): Data =>
  of(expression, { scripts, script, given: new Map(), asking: new Set(), budget: { left: 2000 } });

function of(expression: Expression, outer: Context): Data {
  if (outer.asking.has(expression)) return CONSTANT;
  if (outer.asking.size > DEEPEST || outer.budget.left-- <= 0)
    return { kind: 'unclear', parts: [says(expression, outer)] };
  const context = { ...outer, asking: new Set([...outer.asking, expression]) };
  switch (expression.kind) {
    case 'string':
    case 'constant':
    case 'lambda':
      return CONSTANT;
    case 'template':
      return join(expression.parts.map(part => of(part, context)));
    case 'collection':
      return join(expression.items.map(item => of(item, context)));
    case 'dictionary':
      return join(expression.entries.map(({ value }) => of(value, context)));
    case 'binary':
      return expression.operator === '+'
        ? join([of(expression.left, context), of(expression.right, context)])
        : CONSTANT;
    case 'logical':
      return expression.operator === 'and'
        ? of(expression.right, context)
        : join([of(expression.left, context), of(expression.right, context)]);
    case 'conditional':
      return join([of(expression.then, context), of(expression.otherwise, context)]);
    default:
      return ofLeaf(expression, context);
  }
}

function ofLeaf(expression: Expression, context: Context): Data {
  switch (expression.kind) {
    case 'unary':
      return CONSTANT;
    case 'await':
      return of(expression.value, context);
    case 'name':
      return ofName(expression.name, expression, context);
    case 'attribute':
      return ofMember(expression, context);
    case 'subscript':
      return ofElement(expression, context);
    case 'call':
      return ofCall(expression, context);
    default:
      return { kind: 'unclear', parts: [says(expression, context)] };
  }
}

const says = (span: Span, { script }: Context): string =>
  script.textOf(span).replace(/\s+/g, ' ').slice(0, 40);

const isWithin = (span: Span, at: Span): boolean => span.start <= at.start && at.end <= span.end;

/** The bindings of the innermost scope that has the name. */
function bindingsOf(name: string, at: Span, script: Script): readonly ScriptBinding[] {
  const all = script.bindings.filter(binding => binding.name === name && isWithin(binding.within, at));
  const declared = all.filter(binding => binding.kind !== 'value' || binding.value !== undefined);
  const smallest = Math.min(...declared.map(({ within }) => within.end - within.start));
  const inner = declared.filter(({ within }) => within.end - within.start === smallest);
  // What an inner function assigns to a variable of an outer one counts as well.
  return inner.length > 0 ? inner : all;
}

function ofName(name: string, at: Expression, context: Context): Data {
  const given = context.given.get(name);
  if (given) return given;
  if (name === '$T') return { kind: 'data', parts: ['a value of the template'] };
  const here = bindingsOf(name, at, context.script);
  if (here.length > 0) return join(here.map(binding => ofBinding(binding, context)));
  for (const script of context.scripts) {
    const top = script.bindings.filter(each => each.name === name && each.within.start === 0);
    if (top.length > 0 && script !== context.script)
      return join(top.map(binding => ofBinding(binding, { ...context, script })));
  }
  return { kind: 'unclear', parts: [name] };
}

function ofBinding(binding: ScriptBinding, context: Context): Data {
  switch (binding.kind) {
    case 'value':
      return binding.value ? of(binding.value, context) : CONSTANT;
    case 'element': {
      const whole = binding.value ? of(binding.value, context) : CONSTANT;
      return whole.kind === 'data' ? { kind: 'data', parts: [binding.name] } : whole;
    }
    case 'import':
      return { kind: 'unclear', parts: [binding.name] };
    case 'parameter':
      return ofParameter(binding, context);
  }
}

/** What all calls in sight give; without any it may be anything. */
function ofParameter({ name, of: owner, position }: ScriptBinding, context: Context): Data {
  if (owner === '') return { kind: 'data', parts: [name] };
  const given = context.scripts.flatMap(script =>
    script.calls
      .filter(call => lastWord(call.callee) === owner)
      .map(call => {
        const argument = call.args[position];
        return argument ? of(argument.value, { ...context, script, given: new Map() }) : CONSTANT;
      }),
  );
  // A helper that is given HTML by its name: whoever calls it decides.
  if (given.length === 0)
    return { kind: /html|markup|template/i.test(name) ? 'unclear' : 'data', parts: [name] };
  const all = join(given);
  return all.kind === 'data' ? { kind: 'data', parts: [name] } : all;
}

/** Members that are numbers, truths or text that the browser has already escaped. */
const HARMLESS =
  /^(length|size|offset\w+|client(Width|Height|X|Y)|scroll\w+|innerHTML|outerHTML|childElementCount|checked|disabled|selectedIndex|now|currentTime|duration)$/;

function ofMember(expression: Extract<Expression, { kind: 'attribute' }>, context: Context): Data {
  if (HARMLESS.test(expression.name)) return ESCAPED;
  const object = of(expression.object, context);
  if (object.kind === 'constant' && expression.object.kind !== 'name') return dataMember(expression, context);
  if (object.kind === 'data') return { kind: 'data', parts: [says(expression, context)] };
  return object.kind === 'unclear' && isBrowserObject(expression.object)
    ? { kind: 'data', parts: [says(expression, context)] }
    : object;
}

/** `document.getElementById("x").value`: what the user typed. */
const dataMember = (expression: Expression, context: Context): Data =>
  /\.(value|hash|search|href|dataset|textContent|innerText)\b/.test(says(expression, context))
    ? { kind: 'data', parts: [says(expression, context)] }
    : CONSTANT;

const isBrowserObject = (expression: Expression): boolean =>
  expression.kind === 'name'
    ? /^(location|document|window|event|e|evt)$/.test(expression.name)
    : expression.kind === 'attribute' && isBrowserObject(expression.object);

function ofElement(expression: Extract<Expression, { kind: 'subscript' }>, context: Context): Data {
  const object = of(expression.object, context);
  return object.kind === 'data' ? { kind: 'data', parts: [says(expression, context)] } : object;
}

export const lastWord = (callee: Expression): string =>
  callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';

const ESCAPERS = /(escape|sanitiz|sanitis|purify|encode|htmlspecialchars|^esc$|^safe|^h$|toSafe)/i;
const NUMBERS =
  /^(Number|parseInt|parseFloat|toFixed|toPrecision|round|floor|ceil|abs|min|max|random|getTime|now|indexOf|findIndex|toISOString|toLocaleDateString|toLocaleTimeString|toLocaleString|getFullYear|getMonth|getDate|getHours|getMinutes|padStart|padEnd|includes|Boolean|Date|btoa|getAttributeNames|createObjectURL)$/;
const PASSES =
  /^(join|filter|slice|reverse|sort|concat|trim|toLowerCase|toUpperCase|substring|substr|split|flat|find|String|toString|entries|keys|values|from|at|pop|shift|stringify|repeat|format|parse|clone|trimStart|trimEnd|charAt)$/;
const MAPS = /^(map|flatMap|reduce)$/;

function ofCall(call: Call, context: Context): Data {
  const word = lastWord(call.callee);
  const own = functionNamed(word, call, context);
  if (ESCAPERS.test(word)) {
    if (!own || isEscaper(own.function, own.script)) return ESCAPED;
  } else if (NUMBERS.test(word)) return CONSTANT;
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  if (word === 'replace' || word === 'replaceAll') return ofReplaced(call, object, context);
  const [first] = call.args;
  if (MAPS.test(word) && object && first) return ofMapped(first.value, object, context);
  if (PASSES.test(word)) return ofArguments(call, object, context);
  if (own) return ofResult(own.function, call, { ...context, script: own.script }, context);
  return object && READS.test(word) ? ofRead(word, call, object, context) : ofUnknownCall(call, context);
}

const READS = /^(text|json|get|getItem|prompt|val|getAttribute|data|attr)$/;

const ofArguments = (call: Call, object: Expression | undefined, context: Context): Data =>
  join([...(object ? [object] : []), ...valuesOf(call)].map(each => of(each, context)));

const valuesOf = (call: Call): readonly Expression[] =>
  call.args.map(arg => arg.value).filter(arg => arg.kind !== 'lambda');

function ofUnknownCall(call: Call, context: Context): Data {
  const all = join(valuesOf(call).map(arg => of(arg, context)));
  const parts = all.parts.length > 0 ? all.parts : [says(call, context)];
  return { kind: 'unclear', parts };
}

/** What comes from elsewhere as data; a page fragment that the own server made is not told apart. */
function ofRead(word: string, call: Call, object: Expression, context: Context): Data {
  if (word === 'text') return { kind: 'unclear', parts: [says(call, context)] };
  if (word === 'json' || word === 'val' || word === 'prompt')
    return { kind: 'data', parts: [says(call, context)] };
  const inner = of(object, context);
  return inner.kind === 'constant' ? { kind: 'unclear', parts: [says(call, context)] } : inner;
}

/** `text.replace(/</g, "&lt;")` */
function ofReplaced(call: Call, object: Expression | undefined, context: Context): Data {
  const [pattern, replacement] = call.args.map(arg => arg.value);
  if (pattern?.kind === 'string' && pattern.value.includes('<')) return ESCAPED;
  return join(
    [object, replacement].flatMap(each => (each && each.kind !== 'lambda' ? [of(each, context)] : [])),
  );
}

function ofMapped(callback: Expression, object: Expression, context: Context): Data {
  const element = of(object, context);
  const isData = element.kind === 'data' || element.kind === 'unclear';
  if (callback.kind === 'lambda') {
    const given = new Map(context.given);
    for (const parameter of callback.params.slice(0, 1))
      given.set(parameter.name, isData ? { kind: 'data', parts: [parameter.name] } : element);
    const [, index] = callback.params;
    if (index) given.set(index.name, CONSTANT);
    return of(callback.body, { ...context, given });
  }
  const own = callback.kind === 'name' ? functionNamed(callback.name, callback, context) : undefined;
  if (!own) return { kind: 'unclear', parts: [says(callback, context)] };
  const [parameter] = own.function.params;
  const given = new Map(
    parameter ? [[parameter, isData ? ({ kind: 'data', parts: [parameter] } satisfies Data) : element]] : [],
  );
  return of(own.function.body, { ...context, script: own.script, given });
}

function ofResult(callee: ScriptFunction, call: Call, inside: Context, outer: Context): Data {
  const given = new Map<string, Data>();
  callee.params.forEach((name, index) => {
    const argument = call.args[index];
    given.set(name, argument ? of(argument.value, outer) : CONSTANT);
  });
  return of(callee.body, { ...inside, given });
}

interface Own {
  readonly function: ScriptFunction;
  readonly script: Script;
}

/** A function of this name in the same file, else in another one; never the one that the call stands in by mistake. */
function functionNamed(name: string, at: Span, { script, scripts }: Context): Own | undefined {
  if (name === '') return undefined;
  for (const each of [script, ...scripts.filter(other => other !== script)]) {
    const found = each.functions.find(
      candidate => candidate.name === name && !(each === script && isWithin(candidate.span, at)),
    );
    if (found) return { function: found, script: each };
  }
  return undefined;
}

/** Whether a function that is called like an escaper does what its name says. */
const isEscaper = ({ span }: ScriptFunction, script: Script): boolean =>
  /&lt;|&#0?60;|textContent|createTextNode|innerText|DOMPurify|encodeURIComponent|sanitize\(|escapeHTML|\.text\(/.test(
    script.textOf(span),
  );
