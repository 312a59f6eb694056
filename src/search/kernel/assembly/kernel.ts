export { screenCouples, screenShared } from './screen';
export { listAll, scoreCouples, scoreShared } from './score';
export { screenWeighed } from './weigh';
