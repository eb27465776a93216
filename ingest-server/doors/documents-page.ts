// The page a vendor's engineer reads: every route with its shape, an example and its answers, drawn from the document itself.
import { grouped } from './documents-parts.ts'

/** As much of OpenAPI as the page draws. */
export interface Drawn {
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, DrawnOperation>>
  components?: { schemas?: Record<string, Shape> }
}
interface DrawnOperation {
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Shape }[]
  requestBody?: { content: Record<string, Media> }
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>
}
interface Media {
  schema?: Shape
  example?: unknown
  examples?: Record<string, { summary?: string; value?: unknown }>
}
interface Shape {
  $ref?: string
  type?: string | string[]
  description?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  oneOf?: Shape[]
  anyOf?: Shape[]
  allOf?: Shape[]
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const plain = (text: string): string => text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark)
const verbs = ['get', 'head', 'post', 'put', 'delete'] as const

export function pageOf(document: Drawn): string {
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    verbs.flatMap((verb) => (item[verb] ? [{ path, verb, operation: item[verb] }] : [])),
  )
  const groups = grouped(routes, ({ operation }) => operation.tags?.[0] ?? '')
  const list = [...groups].map(
    ([group, inside]) =>
      `<h2>${plain(group)}</h2><ul>${inside.map(({ path, verb }) => `<li><a href="#${idOf(verb, path)}"><b>${verb}</b>${plain(path)}</a></li>`).join('')}</ul>`,
  )
  const sections = [...groups].map(
    ([group, inside]) =>
      `<h2>${plain(group)}</h2>${inside.map(({ path, verb, operation }) => section(path, verb, operation, document)).join('')}`,
  )
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(document.info.title)}</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><nav><h1>${plain(document.info.title)}</h1><p><a href="/api/openapi.json">openapi.json</a></p>${list.join('')}</nav>
<main><header>${paragraphs(document.info.description ?? '')}</header>${sections.join('')}</main></body></html>`
}

const idOf = (verb: string, path: string): string => `${verb}${path.replace(/[^a-z]+/gi, '-')}`

function section(path: string, verb: string, operation: DrawnOperation, document: Drawn): string {
  const bodies = Object.entries(operation.requestBody?.content ?? {})
  const answers = Object.entries(operation.responses ?? {})
  return `<section id="${idOf(verb, path)}"><h3><b class="${verb}">${verb}</b><code>${plain(path)}</code></h3>
<p class="summary">${plain(operation.summary ?? '')}</p>${paragraphs(operation.description ?? '')}${who(operation)}
${parameters(operation)}${bodies.map(([type, media]) => mediaOf(`发送 · Send`, type, media, document)).join('')}
<h4>答复 · Answers</h4><table class="answers">${answers.map(([status, answer]) => answerRow(status, answer, document)).join('')}</table></section>`
}

function who({ security }: DrawnOperation): string {
  if (!security) return '<p class="who">不用登录 · Nobody need sign in</p>'
  const names = security.flatMap((one) => Object.keys(one))
  const said = { session: '登录会话 · a signed-in session', source: '来源密钥 · a source key' }
  return `<p class="who">${names.map((name) => said[name as keyof typeof said] ?? name).join(' / ')}</p>`
}

function parameters({ parameters: all = [] }: DrawnOperation): string {
  if (all.length === 0) return ''
  const rows = all.map(
    ({ name, in: where, required, schema }) =>
      `<tr><td><code>${plain(name)}</code></td><td>${plain(typeInWords(schema ?? {}))}</td><td>${required ? '必填' : ''}</td><td>${where}</td></tr>`,
  )
  return `<table>${rows.join('')}</table>`
}

function mediaOf(heading: string, type: string, media: Media, document: Drawn): string {
  const examples = media.examples ? Object.values(media.examples) : 'example' in media ? [{ value: media.example }] : []
  return `<h4>${heading} <code>${plain(type)}</code></h4>${shapes(media.schema, document)}${examples.map(({ summary, value }) => example(value, summary)).join('')}`
}

const example = (value: unknown, summary = '例 · Example'): string =>
  `<figure><figcaption>${plain(summary)}</figcaption><pre>${plain(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre></figure>`

function answerRow(
  status: string,
  { description = '', content = {} }: { description?: string; content?: Record<string, Media> },
  document: Drawn,
): string {
  const shown = Number(status) < 300 ? Object.entries(content) : []
  return `<tr><th class="s${Number(status[0]) || ''}">${plain(status)}</th><td>${paragraphs(description)}${shown.map(([type, media]) => mediaOf('', type, media, document)).join('')}</td></tr>`
}

/** Lines between backticks are code; a blank line parts paragraphs. */
const paragraphs = (text: string): string =>
  text
    .split(/\n\n+/)
    .filter(Boolean)
    .map((part) => `<p>${plain(part).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('')

function follow(shape: Shape, document: Drawn): Shape {
  const name = shape.$ref?.split('/').at(-1)
  return name ? (document.components?.schemas?.[name] ?? {}) : shape
}

/** One table a possible shape; what lies deeper is indented. */
function shapes(shape: Shape | undefined, document: Drawn): string {
  if (!shape) return ''
  const real = follow(shape, document)
  const choices = real.oneOf ?? real.anyOf
  if (choices)
    return [...new Set(choices.map((one) => shapes(one.type === 'array' ? one.items : one, document)))].join('')
  if (real.type === 'array') return shapes(real.items, document)
  const rows = fieldRows(real, document, 0)
  return rows.length > 0 ? `<table class="fields">${rows.join('')}</table>` : ''
}

function fieldRows(shape: Shape, document: Drawn, depth: number): string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, given]) => {
    const field = follow(given, document)
    const inner = field.items ? follow(field.items, document) : field
    const row = `<tr class="d${depth}"><td><code>${plain(name)}</code></td><td>${plain(typeInWords(field))}</td><td>${shape.required?.includes(name) ? '必填' : ''}</td><td>${plain(field.description ?? '')}</td></tr>`
    return [row, ...(depth < 2 ? fieldRows(inner, document, depth + 1) : [])]
  })
}

function typeInWords(shape: Shape): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.slice(0, 12).join(' | ') + (shape.enum.length > 12 ? ' | …' : '')
  const choices = shape.oneOf ?? shape.anyOf
  if (choices) return [...new Set(choices.map(typeInWords))].join(' | ')
  if (shape.type === 'array')
    return `${typeInWords(shape.items ?? {})}[]${shape.maxItems ? ` ≤ ${shape.maxItems}` : ''}`
  if (shape.$ref) return shape.$ref.split('/').at(-1) ?? ''
  return [shape.type, shape.format, boundsOf(shape)].flat().filter(Boolean).join(' ')
}

/** A bound that is the number type's own end says nothing. */
function boundsOf({ minimum, maximum, maxLength }: Shape): string {
  if (maxLength !== undefined) return `≤ ${maxLength}`
  if (minimum === undefined || maximum === undefined || maximum >= 1e15) return ''
  return `${minimum} … ${maximum}`
}
