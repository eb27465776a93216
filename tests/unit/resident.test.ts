// What the residents' page makes of what somebody told it.
import { describe, expect, it } from 'vitest'
import type { CommandId, PlaceId } from '#contract/ids'
import { emptySketch, missingIn, reportOf } from '../../dashboard/screens/resident/sketch.ts'

const nothing = () => emptySketch('0123456789abcdef' as CommandId, new URLSearchParams())

describe('a resident’s report', () => {
  it('[SN40] asks first for what and then for where, and for nothing else', () => {
    expect(missingIn(nothing())).toBe('missingWhat')
    expect(missingIn({ ...nothing(), matter: 'water-leak' })).toBe('missingWhere')
    expect(missingIn({ ...nothing(), matter: 'water-leak', placeId: 'p1' as PlaceId })).toBeNull()
  })

  it('[SN41] knows where it is from the code on the door', () => {
    const sketch = emptySketch('0123456789abcdef' as CommandId, new URLSearchParams('plate=shed-017-01'))
    expect(missingIn({ ...sketch, matter: 'water-leak' })).toBeNull()
    expect(reportOf(sketch, 'water-leak', [])).toMatchObject({ facilityId: 'shed-017-01' })
  })

  it('[SN42] sends no field that nobody filled in', () => {
    const report = reportOf({ ...nothing(), matter: 'water-leak', name: '  ', phone: '13812345678' }, 'water-leak', [])
    expect(report).toEqual({ id: '0123456789abcdef', matter: 'water-leak', evidence: [], phone: '13812345678' })
  })
})
