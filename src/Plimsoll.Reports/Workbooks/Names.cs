using Plimsoll.Outlooks;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Names of products in words.</summary>
internal static class Names
{
    /// <summary>A product in words.</summary>
    public static string Of(Product product) =>
        product switch
        {
            Product.TrainingLease => "training lease",
            Product.SmallLease => "small lease",
            Product.Spot => "spot",
            _ => "inference",
        };
}
