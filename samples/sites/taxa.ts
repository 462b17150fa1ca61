/** Species in the samples that the reference list of the product holds by their genus alone. */
export const SAMPLE_TAXA = [
  {
    scientificName: 'Cycas guizhouensis',
    nameZh: '贵州苏铁',
    nameEn: 'Guizhou cycad',
    rank: 'species',
    kingdom: 'Plantae',
    class: 'Cycadopsida',
    family: 'Cycadaceae',
    genus: 'Cycas',
    gbifKey: null,
  },
] as const;
