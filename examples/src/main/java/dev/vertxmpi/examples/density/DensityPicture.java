package dev.vertxmpi.examples.density;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Draws the counts: one square per cell, brighter for more, on a logarithmic scale. Far points are left
 * out ({@link Crop}); the caption says how many.
 *
 * <pre>
 *   +--------------------------------------+
 *   |  margin                              |
 *   |  +--------------------------------+  |
 *   |  | cells                          |  |
 *   |  +--------------------------------+  |
 *   |  records, densest cell              |
 *   +--------------------------------------+
 * </pre>
 */
final class DensityPicture {

  /** The longer side of the cells is about as long, in pixels. */
  private static final int TARGET = 1440;
  private static final int MARGIN = 24;
  private static final int FOOT = 28;
  private static final Color BACKGROUND = new Color(0x0b1020);
  private static final Color[] SCALE = {new Color(0x1b2a5c), new Color(0x2f6d9e), new Color(0x3fb68b),
      new Color(0xf2d45c), new Color(0xfff7e0)};

  private DensityPicture() {
  }

  static void write(Raster raster, long[] counts, Path to) throws IOException {
    Crop crop = Crop.of(raster, counts);
    int cell = Math.max(1, TARGET / Math.max(crop.width(), crop.height()));
    int width = crop.width() * cell;
    int height = crop.height() * cell;
    BufferedImage image =
        new BufferedImage(width + 2 * MARGIN, height + 2 * MARGIN + FOOT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(BACKGROUND);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    long most = Arrays.stream(counts).max().orElse(0);
    for (int row = crop.top(); row < crop.bottom(); row++) {
      for (int column = crop.left(); column < crop.right(); column++) {
        long count = counts[row * raster.width() + column];
        if (count > 0) {
          graphics.setColor(colour(count, most));
          graphics.fillRect(MARGIN + (column - crop.left()) * cell, MARGIN + (row - crop.top()) * cell, cell, cell);
        }
      }
    }
    String caption = String.format(Locale.ROOT, "%,d records, %,d of them outside the picture; densest cell %,d",
        Arrays.stream(counts).sum(), crop.outside(raster, counts), most);
    caption(graphics, caption, MARGIN + height + FOOT);
    graphics.dispose();
    save(image, to);
  }

  private static Color colour(long count, long most) {
    double place = most <= 1 ? 1 : Math.log((double) count) / Math.log((double) most);
    double position = place * (SCALE.length - 1);
    int lower = (int) Math.min(position, SCALE.length - 2);
    Color from = SCALE[lower];
    Color to = SCALE[lower + 1];
    double share = position - lower;
    return new Color(mix(from.getRed(), to.getRed(), share), mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  private static void caption(Graphics2D graphics, String text, int baseline) {
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
    graphics.setColor(Color.LIGHT_GRAY);
    graphics.drawString(text, MARGIN, baseline);
  }

  /** Writes beside the target first, so that nobody sees half a picture. */
  private static void save(BufferedImage image, Path to) throws IOException {
    Path half = to.toAbsolutePath().resolveSibling("." + to.getFileName() + ".part");
    try {
      ImageIO.write(image, "png", half.toFile());
      Files.move(half, to, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
