package dev.vertxmpi.examples.density;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;

/**
 * Which columns hold what.
 *
 * @param x index of the horizontal coordinate
 * @param y index of the vertical coordinate
 * @param name index of the place name, -1 for none
 * @param count number of columns that every record has
 */
record CsvColumns(int x, int y, int name, int count) {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Finds the columns in the header line. */
  static CsvColumns find(String header, DensityOptions options) {
    List<String> names = split(header.charAt(0) == BYTE_ORDER_MARK ? header.substring(1) : header).stream()
        .map(String::strip).toList();
    return new CsvColumns(required(names, options.x()), required(names, options.y()),
        names.indexOf(options.name()), names.size());
  }

  private static int required(List<String> names, String column) {
    int index = names.indexOf(column);
    if (index < 0) {
      throw new DensityException("line 1: there is no column '" + column + "'; the columns are "
          + String.join(", ", names));
    }
    return index;
  }

  /** Adds the point of a record. */
  void read(String record, Points points) {
    List<String> fields = split(record);
    if (fields.size() != count) {
      throw new DensityException("the record has " + fields.size() + " fields, but the header has " + count);
    }
    points.add(number(fields.get(x)), number(fields.get(y)), name < 0 ? "" : fields.get(name));
  }

  private static double number(String field) {
    try {
      double value = Double.parseDouble(field.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it better.
    }
    throw new DensityException("'" + field + "' is not a finite number");
  }

  private static List<String> split(String record) {
    try {
      List<CsvRecord> records = CsvReader.builder().ofCsvRecord(record).stream().toList();
      if (records.size() == 1) {
        return records.getFirst().getFields();
      }
    } catch (CsvParseException e) {
      throw new DensityException("the record is no CSV: " + e.getMessage());
    }
    throw new DensityException("a quote stands in the middle of a field");
  }
}
