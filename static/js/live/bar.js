// Whatever takes the focus stays clear of the controls that stick to the foot of the window: the
// page keeps their height free, and a little more. Which of the two sticks, the stylesheet says.

const bars = document.querySelectorAll(".controls-wrap, .controls .turn");

const keepFree = () => {
  const heights = [...bars].map((bar) => {
    const { position, insetBlockEnd } = getComputedStyle(bar);
    return position === "sticky" && insetBlockEnd === "0px" ? bar.offsetHeight : 0;
  });
  document.documentElement.style.scrollPaddingBlockEnd = `calc(${Math.max(...heights)}px + 2rem)`;
};

const watching = new ResizeObserver(keepFree);
for (const bar of bars) watching.observe(bar);
