/** Copies each feature's own id into its properties, where `promoteId` can keep it as the string it is. */
export function withIds(data: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: data.features.map((feature, index) => ({
      ...feature,
      properties: { ...feature.properties, id: String(feature.id ?? feature.properties?.['id'] ?? index) },
    })),
  };
}
