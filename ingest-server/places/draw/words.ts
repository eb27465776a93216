// English for the names on the map, and where the house numbers of each street are made to begin.
export const areaEn: Record<string, string> = {
  桥一: 'Qiaoyi',
  桥二: "Qiao'er",
  中一: 'Zhongyi',
  中二: "Zhong'er",
  铁一: 'Tieyi',
  铁二: "Tie'er",
  瞿南: 'Qunan',
  瞿中: 'Quzhong',
  瞿东: 'Qudong',
  瞿西: 'Quxi',
  斜土: 'Xietu',
  打浦: 'Dapu',
  蒙自: 'Mengzi',
  龙华: 'Longhua',
  丽园: 'Liyuan',
  桑城: 'Sangcheng',
  紫荆: 'Zijing',
  瑞南: 'Ruinan',
  海悦: 'Haiyue',
}

export const blockEn: Record<string, string> = {
  创意家园: 'Creative Home',
  颐乐生活: 'Yile Living',
  人文滨江: 'Riverside Culture',
}

export const roadEn: Record<string, string> = {
  斜土路: 'Xietu Road',
  瑞金南路: 'South Ruijin Road',
  制造局路: 'Zhizaoju Road',
  高雄路: 'Gaoxiong Road',
  中山南一路: 'South Zhongshan No.1 Road',
  '重庆南路/鲁班路': 'South Chongqing Road / Luban Road',
  鲁班路: 'Luban Road',
  打浦路: 'Dapu Road',
  打浦路隧道引道: 'Dapu Road Tunnel Approach',
  蒙自路: 'Mengzi Road',
  瞿溪路: 'Quxi Road',
  局门路: 'Jumen Road',
  内环高架路: 'Inner Ring Viaduct',
  南北高架路: 'North-South Viaduct',
  '匝道 (ramps)': 'Ramp',
}

export const stationEn: Record<string, string> = {
  世博会博物馆: 'World Expo Museum',
  打浦桥: 'Dapuqiao',
  马当路: 'Madang Road',
  南浦大桥: 'Nanpu Bridge',
  西藏南路: 'South Xizang Road',
  鲁班路: 'Luban Road',
  大木桥路: 'Damuqiao Road',
  陆家浜路: 'Lujiabang Road',
  嘉善路: 'Jiashan Road',
}

export const neighbourEn: Record<string, string> = {
  打浦桥街道: 'Dapuqiao Sub-district',
  半淞园路街道: 'Bansongyuan Road Sub-district',
  斜土路街道: 'Xietu Road Sub-district',
}

/** Invented, but of the size the street's numbers have. */
export const firstNumber: Record<string, number> = {
  斜土路: 520,
  瑞金南路: 310,
  制造局路: 400,
  高雄路: 10,
  中山南一路: 460,
  鲁班路: 90,
  打浦路: 160,
  蒙自路: 150,
  瞿溪路: 700,
  局门路: 420,
}
