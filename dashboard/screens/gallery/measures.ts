// The measure of each scale is its screen's own style sheet, worn one at a time: a part is drawn as it is there.
import desk from '../desk/desk.css?inline'
import field from '../field/field.css?inline'
import walls from '../../styles/walls.css?inline'
import wall from '../wall/wall.css?inline'
import type { Scale, Sheet, Skin } from './sheet.ts'

const texts: Record<Scale, string> = { wall: walls + wall, desk, field }
const worn = new CSSStyleSheet()
/** Looking back is no skin of its own: it takes the colour out of the wall's. */
const skinOf = (skin: Skin) => (skin === 'past' ? 'duty' : skin)

export function wear(
  { scale, skin, language, isLarge }: Sheet,
  { documentElement, adoptedStyleSheets }: Document,
): void {
  worn.replaceSync(texts[scale])
  if (!adoptedStyleSheets.includes(worn)) adoptedStyleSheets.push(worn)
  documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  documentElement.classList.toggle('large', isLarge)
  const { dataset } = documentElement
  dataset.type = scale
  dataset.skin = skinOf(skin)
  if (skin === 'past') dataset.time = 'past'
  else delete dataset.time
}
