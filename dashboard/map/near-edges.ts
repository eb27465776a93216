// From which zoom of the wall's picture at 3840 on edges and names are drawn: a block fills it, an area does, a micro-grid does.
export const nearEdges = { areas: 15.6, grids: 16.55, groups: 17.7 }
