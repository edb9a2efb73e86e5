// When calls come by an implementation that shares nothing with ours: ical.js follows the rule on
// wall clocks, and the browser's own time zones (ICU) say when that is. RFC 5545, 3.3.5: a time
// that is left out counts by the offset before it; of a time that comes twice, the first is meant.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const wall = (zone, instant) => {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(instant);
  const { year, month, day, hour, minute, second } =
    Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

const A_DAY = 24 * 60 * 60 * 1000;

const instant = (zone, clock) => {
  const [before, after] = [clock - A_DAY, clock + A_DAY].map((near) => clock - (wall(zone, near) - near));
  const exists = (candidate) => wall(zone, candidate) === clock;
  return exists(before) || !exists(after) ? before : after;
};

const comes = ({ zone, first, rule, count }) => {
  const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString(first));
  return Array.from({ length: count }, () => {
    const { year, month, day, hour, minute } = days.next();
    return new Date(instant(zone, Date.UTC(year, month - 1, day, hour, minute))).toISOString();
  });
};

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(comes)));
