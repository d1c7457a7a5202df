export const words = 'Before';
